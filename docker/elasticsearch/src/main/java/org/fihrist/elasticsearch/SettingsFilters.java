package org.fihrist.elasticsearch;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.TypeTokenFilter;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.ga.IrishLowerCaseFilter;
import org.apache.lucene.analysis.miscellaneous.KeepWordFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.PatternKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.SetKeywordMarkerFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;

/** Token filters that are one Lucene class and a few settings: names and defaults of the settings are the stock ones. */
final class SettingsFilters {

    private SettingsFilters() {}

    static UnaryOperator<TokenStream> elision(IndexSettings index, Environment env, Settings settings) {
        CharArraySet articles = Analysis.parseArticles(env, settings);
        if (articles == null) {
            throw new IllegalArgumentException("elision filter requires [articles] or [articles_path] setting");
        }
        return input -> new ElisionFilter(input, articles);
    }

    static UnaryOperator<TokenStream> stemmerOverride(IndexSettings index, Environment env, Settings settings)
            throws IOException {
        List<String> lines = Analysis.getWordList(env, settings, "rules");
        if (lines == null) {
            throw new IllegalArgumentException("stemmer_override requires either [rules] or [rules_path]");
        }
        StemmerOverrideFilter.Builder map = new StemmerOverrideFilter.Builder(false);
        for (String line : lines) {
            Rules.Rule rule = Rules.parse(line);
            if (rule.right().isEmpty() || rule.right().contains(",")) {
                throw new IllegalArgumentException("Invalid stemmer_override rule [" + line + "]: one stem on the right");
            }
            for (String word : rule.left().split(",", -1)) {
                if (word.isBlank()) {
                    throw new IllegalArgumentException("Invalid stemmer_override rule [" + line + "]: an empty word");
                }
                map.add(word.trim(), rule.right());
            }
        }
        StemmerOverrideFilter.StemmerOverrideMap built = map.build();
        return input -> new StemmerOverrideFilter(input, built);
    }

    static UnaryOperator<TokenStream> lowercase(IndexSettings index, Environment env, Settings settings) {
        String language = settings.get("language", "").toLowerCase(Locale.ROOT);
        return switch (language) {
            case "" -> LowerCaseFilter::new;
            case "greek" -> GreekLowerCaseFilter::new;
            case "irish" -> IrishLowerCaseFilter::new;
            case "turkish" -> TurkishLowerCaseFilter::new;
            default -> throw new IllegalArgumentException("language [" + language + "] not support for lower case");
        };
    }

    static UnaryOperator<TokenStream> patternReplace(IndexSettings index, Environment env, Settings settings) {
        Pattern pattern = Regex.compile(Rules.required(settings, "pattern", "pattern_replace"), settings.get("flags"));
        String replacement = settings.get("replacement", "");
        boolean all = settings.getAsBoolean("all", true);
        return input -> new PatternReplaceFilter(input, pattern, replacement, all);
    }

    static UnaryOperator<TokenStream> truncate(IndexSettings index, Environment env, Settings settings) {
        int length = settings.getAsInt("length", -1);
        if (length <= 0) {
            throw new IllegalArgumentException("length parameter must be provided");
        }
        return input -> new TruncateTokenFilter(input, length);
    }

    static UnaryOperator<TokenStream> keep(IndexSettings index, Environment env, Settings settings) {
        CharArraySet words = Analysis.getWordSet(env, settings, "keep_words");
        if (words == null) {
            throw new IllegalArgumentException("keep requires either [keep_words] or [keep_words_path]");
        }
        CharArraySet kept = new CharArraySet(words, settings.getAsBoolean("keep_words_case", false));
        return input -> new KeepWordFilter(input, kept);
    }

    static UnaryOperator<TokenStream> keepTypes(IndexSettings index, Environment env, Settings settings) {
        Set<String> types = Set.copyOf(settings.getAsList("types"));
        if (types.isEmpty()) {
            throw new IllegalArgumentException("keep_types requires [types]");
        }
        boolean include = switch (settings.get("mode", "include")) {
            case "include" -> true;
            case "exclude" -> false;
            default -> throw new IllegalArgumentException("keep_types mode must be [include] or [exclude]");
        };
        return input -> new TypeTokenFilter(input, types, include);
    }

    static UnaryOperator<TokenStream> keywordMarker(IndexSettings index, Environment env, Settings settings) {
        String expression = settings.get("keywords_pattern");
        CharArraySet words = Analysis.getWordSet(env, settings, "keywords");
        if ((expression == null) == (words == null)) {
            throw new IllegalArgumentException(
                    "keyword filter requires one of [keywords], [keywords_path] and [keywords_pattern]");
        }
        if (expression != null) {
            Pattern pattern = Pattern.compile(expression);
            return input -> new PatternKeywordMarkerFilter(input, pattern);
        }
        CharArraySet keywords = new CharArraySet(words, settings.getAsBoolean("ignore_case", false));
        return input -> new SetKeywordMarkerFilter(input, keywords);
    }

    static UnaryOperator<TokenStream> length(IndexSettings index, Environment env, Settings settings) {
        int min = settings.getAsInt("min", 0);
        int max = settings.getAsInt("max", Integer.MAX_VALUE);
        return input -> new LengthFilter(input, min, max);
    }

    static UnaryOperator<TokenStream> limit(IndexSettings index, Environment env, Settings settings) {
        int count = settings.getAsInt("max_token_count", 1);
        boolean consumeAll = settings.getAsBoolean("consume_all_tokens", false);
        return input -> new LimitTokenCountFilter(input, count, consumeAll);
    }

    static UnaryOperator<TokenStream> unique(IndexSettings index, Environment env, Settings settings) {
        boolean samePosition = settings.getAsBoolean("only_on_same_position", false);
        return input -> new UniqueFilter(input, samePosition);
    }

    static UnaryOperator<TokenStream> ngram(IndexSettings index, Environment env, Settings settings) {
        int min = settings.getAsInt("min_gram", 1);
        int max = settings.getAsInt("max_gram", 2);
        NGrams.check(index, min, max);
        boolean preserveOriginal = settings.getAsBoolean("preserve_original", false);
        return input -> new NGramTokenFilter(input, min, max, preserveOriginal);
    }

    static UnaryOperator<TokenStream> edgeNgram(IndexSettings index, Environment env, Settings settings) {
        int min = settings.getAsInt("min_gram", 1);
        int max = settings.getAsInt("max_gram", 2);
        boolean preserveOriginal = settings.getAsBoolean("preserve_original", false);
        return switch (settings.get("side", "front")) {
            case "front" -> input -> new EdgeNGramTokenFilter(input, min, max, preserveOriginal);
            // Lucene has grams from the front only: reverse, cut, reverse again.
            case "back" -> input -> new ReverseStringFilter(
                    new EdgeNGramTokenFilter(new ReverseStringFilter(input), min, max, preserveOriginal));
            default -> throw new IllegalArgumentException("invalid side: " + settings.get("side"));
        };
    }

    static UnaryOperator<TokenStream> patternCapture(IndexSettings index, Environment env, Settings settings) {
        // Not split at commas: they are part of regular expressions.
        List<String> expressions = settings.getAsList("patterns", null, false);
        if (expressions == null) {
            throw new IllegalArgumentException("required setting 'patterns' is missing for a pattern_capture filter");
        }
        Pattern[] patterns = expressions.stream().map(Pattern::compile).toArray(Pattern[]::new);
        boolean preserveOriginal = settings.getAsBoolean("preserve_original", true);
        return input -> new PatternCaptureGroupTokenFilter(input, preserveOriginal, patterns);
    }
}
