package org.fihrist.elasticsearch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ConditionalTokenFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/**
 * The filter {@code multiplexer}: sends each token through several branches of filters and puts all results at the same
 * position, without doubles.
 */
final class Multiplexer extends Filter.Splitting {

    private final List<String> branches;
    private final boolean preserveOriginal;

    Multiplexer(String name, Settings settings) {
        super(name, input -> {
            throw new IllegalStateException("Multiplexer [" + name + "] was not given its filters");
        });
        this.branches = settings.getAsList("filters");
        this.preserveOriginal = settings.getAsBoolean("preserve_original", true);
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
            IndexCreationContext context,
            TokenizerFactory tokenizer,
            List<CharFilterFactory> charFilters,
            List<TokenFilterFactory> previous,
            Function<String, TokenFilterFactory> lookUp) {
        List<Function<TokenStream, TokenStream>> chains = new ArrayList<>();
        if (preserveOriginal) {
            chains.add(Function.identity());
        }
        for (String branch : branches) {
            List<TokenFilterFactory> before = new ArrayList<>(previous);
            Function<TokenStream, TokenStream> chain = Function.identity();
            for (String name : Strings.tokenizeToStringArray(branch, ",")) {
                TokenFilterFactory filter = lookUp.apply(name);
                if (filter == null) {
                    throw new IllegalArgumentException(
                            "Multiplexing filter [" + name() + "] refers to undefined tokenfilter [" + name + "]");
                }
                filter = filter.getChainAwareTokenFilterFactory(context, tokenizer, charFilters, before, lookUp);
                before.add(filter);
                chain = chain.andThen(filter::create);
            }
            chains.add(chain);
        }
        return new Splitting(name(), input -> multiplex(input, chains));
    }

    private static TokenStream multiplex(TokenStream input, List<Function<TokenStream, TokenStream>> chains) {
        Repeat repeat = new Repeat(input, chains.size());
        TokenStream output = repeat;
        for (int i = 0; i < chains.size(); i++) {
            int branch = i;
            output = new ConditionalTokenFilter(output, chains.get(i)) {
                @Override
                protected boolean shouldFilter() {
                    return repeat.branch == branch;
                }
            };
        }
        return new RemoveDuplicatesTokenFilter(output);
    }

    /** Gives each token once for every branch, all but the first at the first one's position. */
    private static final class Repeat extends TokenFilter {

        private final PositionIncrementAttribute position = addAttribute(PositionIncrementAttribute.class);
        private final int branches;
        private int branch;
        private State token;

        Repeat(TokenStream input, int branches) {
            super(input);
            this.branches = branches;
            this.branch = branches - 1;
        }

        @Override
        public boolean incrementToken() throws IOException {
            branch = (branch + 1) % branches;
            if (branch > 0) {
                restoreState(token);
                position.setPositionIncrement(0);
                return true;
            }
            if (input.incrementToken()) {
                token = captureState();
                return true;
            }
            return false;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            branch = branches - 1;
            token = null;
        }
    }
}
