package org.fihrist.elasticsearch;

import static org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.ckb.SoraniNormalizationFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.UpperCaseFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.TrimFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.synonym.SynonymFilter;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.synonyms.SynonymsManagementAPIService;

/** The token filters by stock name; {@code stop}, {@code shingle} and {@code hunspell} are the server's own. */
final class TokenFilters {

    /** Reads a filter's settings once and gives what makes the filter. */
    interface Recipe {
        UnaryOperator<TokenStream> read(IndexSettings index, Environment env, Settings settings) throws IOException;
    }

    private TokenFilters() {}

    static Map<String, AnalysisProvider<TokenFilterFactory>> all(Supplier<SynonymsManagementAPIService> synonymSets) {
        Map<String, AnalysisProvider<TokenFilterFactory>> filters = new TreeMap<>();

        // Languages
        filters.put("apostrophe", plain(ApostropheFilter::new));
        filters.put("arabic_normalization", normalizing(ArabicNormalizationFilter::new));
        filters.put("arabic_stem", plain(ArabicStemFilter::new));
        filters.put("decimal_digit", normalizing(DecimalDigitFilter::new));
        filters.put("elision", requiresAnalysisSettings(normalizing(SettingsFilters::elision)));
        filters.put("german_normalization", normalizing(GermanNormalizationFilter::new));
        filters.put("indic_normalization", normalizing(IndicNormalizationFilter::new));
        filters.put("kstem", plain(KStemFilter::new));
        filters.put("persian_normalization", normalizing(PersianNormalizationFilter::new));
        filters.put("persian_stem", plain(PersianStemFilter::new));
        filters.put("porter_stem", plain(PorterStemFilter::new));
        filters.put("sorani_normalization", normalizing(SoraniNormalizationFilter::new));
        filters.put("stemmer", plain(Stemmers::read));
        filters.put("stemmer_override", requiresAnalysisSettings(plain(SettingsFilters::stemmerOverride)));

        // Letters
        filters.put("asciifolding", (index, env, name, settings) -> new AsciiFolding(name, settings));
        filters.put("lowercase", normalizing(SettingsFilters::lowercase));
        filters.put("pattern_replace", requiresAnalysisSettings(normalizing(SettingsFilters::patternReplace)));
        filters.put("reverse", plain(ReverseStringFilter::new));
        filters.put("trim", normalizing(TrimFilter::new));
        filters.put("truncate", requiresAnalysisSettings(plain(SettingsFilters::truncate)));
        filters.put("uppercase", normalizing(UpperCaseFilter::new));

        // Which tokens stay
        filters.put("keep", requiresAnalysisSettings(plain(SettingsFilters::keep)));
        filters.put("keep_types", requiresAnalysisSettings(plain(SettingsFilters::keepTypes)));
        filters.put("keyword_marker", requiresAnalysisSettings(plain(SettingsFilters::keywordMarker)));
        filters.put("length", plain(SettingsFilters::length));
        filters.put("limit", plain(SettingsFilters::limit));
        filters.put("remove_duplicates", plain(RemoveDuplicatesTokenFilter::new));
        filters.put("unique", plain(SettingsFilters::unique));

        // More tokens out of one
        filters.put("edge_ngram", splitting(SettingsFilters::edgeNgram));
        filters.put("flatten_graph", plain(FlattenGraphFilter::new));
        filters.put("multiplexer", (index, env, name, settings) -> new Multiplexer(name, settings));
        filters.put("ngram", splitting(SettingsFilters::ngram));
        filters.put("pattern_capture", requiresAnalysisSettings(splitting(SettingsFilters::patternCapture)));
        filters.put("synonym", synonyms(synonymSets, (input, map) -> new SynonymFilter(input, map, false)));
        filters.put("synonym_graph", synonyms(synonymSets, (input, map) -> new SynonymGraphFilter(input, map, false)));
        filters.put("word_delimiter", splitting(WordDelimiter::flat));
        filters.put("word_delimiter_graph", splitting(WordDelimiter::graph));
        return filters;
    }

    /** Filters named without settings of their own, where that means something else than the defaults of {@link #all}. */
    static List<PreConfiguredTokenFilter> byNameOnly() {
        return List.of(
                PreConfiguredTokenFilter.singleton("edge_ngram", false, false, input -> new EdgeNGramTokenFilter(input, 1)),
                PreConfiguredTokenFilter.singleton(
                        "elision", true, input -> new ElisionFilter(input, FrenchAnalyzer.DEFAULT_ARTICLES)),
                PreConfiguredTokenFilter.singleton("keyword_repeat", false, false, KeywordRepeatFilter::new),
                PreConfiguredTokenFilter.singleton("truncate", false, input -> new TruncateTokenFilter(input, 10)));
    }

    private static AnalysisProvider<TokenFilterFactory> plain(UnaryOperator<TokenStream> filter) {
        return (index, env, name, settings) -> new Filter(name, filter);
    }

    private static AnalysisProvider<TokenFilterFactory> plain(Recipe recipe) {
        return (index, env, name, settings) -> new Filter(name, recipe.read(index, env, settings));
    }

    private static AnalysisProvider<TokenFilterFactory> normalizing(UnaryOperator<TokenStream> filter) {
        return (index, env, name, settings) -> new Filter.Normalizing(name, filter);
    }

    private static AnalysisProvider<TokenFilterFactory> normalizing(Recipe recipe) {
        return (index, env, name, settings) -> new Filter.Normalizing(name, recipe.read(index, env, settings));
    }

    private static AnalysisProvider<TokenFilterFactory> splitting(Recipe recipe) {
        return (index, env, name, settings) -> new Filter.Splitting(name, recipe.read(index, env, settings));
    }

    private static AnalysisProvider<TokenFilterFactory> synonyms(
            Supplier<SynonymsManagementAPIService> sets,
            BiFunction<TokenStream, SynonymMap, TokenStream> filter) {
        return requiresAnalysisSettings(
                (index, env, name, settings) -> new Synonyms(name, env, settings, sets, filter));
    }
}
