package org.fihrist.elasticsearch;

import static org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings;

import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The character filters, which work on the text before it is cut into tokens. */
final class CharFilters {

    private CharFilters() {}

    static Map<String, AnalysisProvider<CharFilterFactory>> all() {
        return Map.of(
                "html_strip", (index, env, name, settings) -> htmlStrip(name, settings),
                "mapping", requiresAnalysisSettings((index, env, name, settings) -> mapping(name, env, settings)),
                "pattern_replace", requiresAnalysisSettings((index, env, name, settings) -> patternReplace(name, settings)));
    }

    private static CharFilterFactory htmlStrip(String name, Settings settings) {
        Set<String> kept = Set.copyOf(settings.getAsList("escaped_tags"));
        return new Plain(name, reader -> new HTMLStripCharFilter(reader, kept));
    }

    private static CharFilterFactory mapping(String name, Environment env, Settings settings) {
        List<String> lines = Analysis.getWordList(env, settings, "mappings");
        if (lines == null) {
            throw new IllegalArgumentException("mapping requires either [mappings] or [mappings_path]");
        }
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String line : lines) {
            Rules.Rule rule = Rules.parse(line);
            map.add(Rules.unescape(rule.left()), Rules.unescape(rule.right()));
        }
        NormalizeCharMap built = map.build();
        return new Normalizing(name, reader -> new MappingCharFilter(built, reader));
    }

    private static CharFilterFactory patternReplace(String name, Settings settings) {
        Pattern pattern = Regex.compile(Rules.required(settings, "pattern", name), settings.get("flags"));
        String replacement = settings.get("replacement", "");
        return new Normalizing(name, reader -> new PatternReplaceCharFilter(pattern, replacement, reader));
    }

    private record Plain(String name, UnaryOperator<Reader> filter) implements CharFilterFactory {
        @Override
        public Reader create(Reader reader) {
            return filter.apply(reader);
        }
    }

    /** Also allowed in normalizers and applied to wildcard and prefix queries. */
    private record Normalizing(String name, UnaryOperator<Reader> filter) implements NormalizingCharFilterFactory {
        @Override
        public Reader create(Reader reader) {
            return filter.apply(reader);
        }
    }
}
