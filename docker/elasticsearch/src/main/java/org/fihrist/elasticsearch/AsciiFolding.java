package org.fihrist.elasticsearch;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/**
 * The filter {@code asciifolding}. With {@code preserve_original} it gives two tokens for one, which neither a
 * normalizer nor the reading of synonym rules can use: they get the folded token only.
 */
final class AsciiFolding extends Filter.Normalizing {

    AsciiFolding(String name, Settings settings) {
        this(name, settings.getAsBoolean("preserve_original", false));
    }

    private AsciiFolding(String name, boolean preserveOriginal) {
        super(name, input -> new ASCIIFoldingFilter(input, preserveOriginal));
    }

    @Override
    public TokenStream normalize(TokenStream input) {
        return new ASCIIFoldingFilter(input, false);
    }

    @Override
    public TokenFilterFactory getSynonymFilter() {
        return new AsciiFolding(name(), false);
    }
}
