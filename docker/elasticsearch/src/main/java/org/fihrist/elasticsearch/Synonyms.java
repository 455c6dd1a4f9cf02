package org.fihrist.elasticsearch;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalysisMode;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.synonyms.SynonymsManagementAPIService;

/**
 * The filters {@code synonym} and {@code synonym_graph} with rules in Solr's notation from {@code synonyms},
 * {@code synonyms_path} or {@code synonyms_set}. The words of the rules pass through what stands before the filter in
 * its analyzer, so the map is built anew for each analyzer.
 */
final class Synonyms extends AbstractTokenFilterFactory {

    private final Environment env;
    private final Settings settings;
    private final Supplier<SynonymsManagementAPIService> sets;
    private final BiFunction<TokenStream, SynonymMap, TokenStream> filter;
    private final String setName;
    private final boolean expand;
    private final boolean lenient;
    private final AnalysisMode mode;

    Synonyms(
            String name,
            Environment env,
            Settings settings,
            Supplier<SynonymsManagementAPIService> sets,
            BiFunction<TokenStream, SynonymMap, TokenStream> filter) {
        super(name);
        this.env = env;
        this.settings = settings;
        this.sets = sets;
        this.filter = filter;
        boolean updateable = settings.getAsBoolean("updateable", false);
        this.mode = updateable ? AnalysisMode.SEARCH_TIME : AnalysisMode.ALL;
        this.expand = settings.getAsBoolean("expand", true);
        // A rule gone wrong must not stop an index from opening when rules may change under it.
        this.lenient = settings.getAsBoolean("lenient", updateable);
        this.setName = settings.get("synonyms_set");
        check();
    }

    private void check() {
        if (settings.get("format", "solr").equals("solr") == false) {
            throw new IllegalArgumentException("[" + name() + "]: this server reads synonyms in the format [solr] only");
        }
        if (setName != null && mode != AnalysisMode.SEARCH_TIME) {
            throw new IllegalArgumentException("[" + name() + "]: [synonyms_set] needs [updateable: true]");
        }
    }

    @Override
    public AnalysisMode getAnalysisMode() {
        return mode;
    }

    @Override
    public TokenStream create(TokenStream input) {
        throw new IllegalStateException("Synonym filter [" + name() + "] was not given its analyzer");
    }

    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(
            IndexCreationContext context,
            TokenizerFactory tokenizer,
            List<CharFilterFactory> charFilters,
            List<TokenFilterFactory> previous,
            Function<String, TokenFilterFactory> lookUp) {
        Analyzer analyzer = new CustomAnalyzer(
                tokenizer,
                charFilters.toArray(CharFilterFactory[]::new),
                previous.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new));
        SynonymMap map = build(analyzer, rules(context));
        return new Built(name(), map, filter, mode, setName == null ? Set.of() : Set.of(setName));
    }

    private Reader rules(IndexCreationContext context) {
        if (setName != null) {
            // A set is read from an index, which must not be waited for while an index is being made; the server
            // reloads the analyzers right afterwards.
            return context == IndexCreationContext.RELOAD_ANALYZERS
                    ? Analysis.getReaderFromIndex(Set.of(setName), sets.get(), lenient)
                    : new StringReader("");
        }
        String path = settings.get("synonyms_path");
        if (path != null && settings.hasValue("synonyms") == false) {
            return Analysis.getReaderFromFile(env, path, "synonyms");
        }
        List<String> lines = Analysis.getWordList(env, settings, "synonyms");
        if (lines == null) {
            throw new IllegalArgumentException(
                    "[" + name() + "] requires [synonyms], [synonyms_set] or [synonyms_path]");
        }
        return new StringReader(String.join("\n", lines));
    }

    private SynonymMap build(Analyzer analyzer, Reader rules) {
        try {
            Parser parser = new Parser(expand, lenient, analyzer);
            parser.parse(rules);
            return parser.build();
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException("failed to build synonyms from [" + name() + "]", e);
        }
    }

    /** Lucene's parser; if lenient, a rule whose words leave no token is skipped. */
    private static final class Parser extends SolrSynonymParser {

        private final boolean lenient;

        Parser(boolean expand, boolean lenient, Analyzer analyzer) {
            super(true, expand, analyzer);
            this.lenient = lenient;
        }

        @Override
        public CharsRef analyze(String text, CharsRefBuilder reuse) throws IOException {
            try {
                return super.analyze(text, reuse);
            } catch (IllegalArgumentException e) {
                if (lenient) {
                    return new CharsRef("");
                }
                throw e;
            }
        }

        @Override
        public void add(CharsRef input, CharsRef output, boolean includeOriginal) {
            if (lenient == false || (input.length > 0 && output.length > 0)) {
                super.add(input, output, includeOriginal);
            }
        }
    }

    /** The filter with its map. An empty map is no filter at all. */
    private record Built(
            String name,
            SynonymMap map,
            BiFunction<TokenStream, SynonymMap, TokenStream> filter,
            AnalysisMode mode,
            Set<String> resources)
            implements TokenFilterFactory {

        @Override
        public TokenStream create(TokenStream input) {
            return map.fst == null ? input : filter.apply(input, map);
        }

        @Override
        public AnalysisMode getAnalysisMode() {
            return mode;
        }

        @Override
        public Set<String> getResourceNames() {
            return resources;
        }

        /** The rules of a later synonym filter are read without the synonyms of this one. */
        @Override
        public TokenFilterFactory getSynonymFilter() {
            return IDENTITY_FILTER;
        }
    }
}
