package org.fihrist.elasticsearch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;

/** The filters {@code word_delimiter_graph} and {@code word_delimiter}: cut words at hyphens, changes of case, digits. */
final class WordDelimiter {

    private record Flag(String setting, int bit, boolean byDefault) {}

    private static final List<Flag> FLAGS = List.of(
            new Flag("generate_word_parts", WordDelimiterGraphFilter.GENERATE_WORD_PARTS, true),
            new Flag("generate_number_parts", WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS, true),
            new Flag("catenate_words", WordDelimiterGraphFilter.CATENATE_WORDS, false),
            new Flag("catenate_numbers", WordDelimiterGraphFilter.CATENATE_NUMBERS, false),
            new Flag("catenate_all", WordDelimiterGraphFilter.CATENATE_ALL, false),
            new Flag("split_on_case_change", WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE, true),
            new Flag("preserve_original", WordDelimiterGraphFilter.PRESERVE_ORIGINAL, false),
            new Flag("split_on_numerics", WordDelimiterGraphFilter.SPLIT_ON_NUMERICS, true),
            new Flag("stem_english_possessive", WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE, true),
            new Flag("ignore_keywords", WordDelimiterGraphFilter.IGNORE_KEYWORDS, false));

    private static final Map<String, Integer> TYPES = Map.of(
            "LOWER", WordDelimiterFilter.LOWER,
            "UPPER", WordDelimiterFilter.UPPER,
            "ALPHA", WordDelimiterFilter.ALPHA,
            "DIGIT", WordDelimiterFilter.DIGIT,
            "ALPHANUM", WordDelimiterFilter.ALPHANUM,
            "SUBWORD_DELIM", WordDelimiterFilter.SUBWORD_DELIM);

    private WordDelimiter() {}

    static UnaryOperator<TokenStream> graph(IndexSettings index, Environment env, Settings settings) {
        int flags = flags(settings);
        boolean adjustOffsets = settings.getAsBoolean("adjust_offsets", true);
        byte[] types = types(Analysis.getWordList(env, settings, "type_table"));
        CharArraySet uncut = Analysis.getWordSet(env, settings, "protected_words");
        return input -> new WordDelimiterGraphFilter(input, adjustOffsets, types, flags, uncut);
    }

    /** The older filter, whose flags have the same bits. */
    @SuppressWarnings("deprecation") // by Lucene, not by Elasticsearch
    static UnaryOperator<TokenStream> flat(IndexSettings index, Environment env, Settings settings) {
        int flags = flags(settings);
        byte[] types = types(Analysis.getWordList(env, settings, "type_table"));
        CharArraySet uncut = Analysis.getWordSet(env, settings, "protected_words");
        return input -> new WordDelimiterFilter(input, types, flags, uncut);
    }

    private static int flags(Settings settings) {
        int flags = 0;
        for (Flag flag : FLAGS) {
            flags |= settings.getAsBoolean(flag.setting, flag.byDefault) ? flag.bit : 0;
        }
        return flags;
    }

    /** The type of each character: Lucene's table, changed by rules such as {@code "# => ALPHANUM"}. */
    private static byte[] types(List<String> lines) {
        byte[] table = WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE.clone();
        if (lines == null) {
            return table;
        }
        for (String line : lines) {
            Rules.Rule rule = Rules.parse(line);
            String character = Rules.unescape(rule.left());
            if (character.length() != 1 || TYPES.containsKey(rule.right()) == false) {
                throw new IllegalArgumentException("Invalid type_table rule [" + line + "]: one character => " + TYPES.keySet());
            }
            table = upTo(character.charAt(0), table);
            table[character.charAt(0)] = TYPES.get(rule.right()).byteValue();
        }
        return table;
    }

    private static byte[] upTo(char character, byte[] table) {
        if (character < table.length) {
            return table;
        }
        byte[] longer = Arrays.copyOf(table, character + 1);
        for (int c = table.length; c < longer.length; c++) {
            longer[c] = WordDelimiterIterator.getType(c);
        }
        return longer;
    }
}
