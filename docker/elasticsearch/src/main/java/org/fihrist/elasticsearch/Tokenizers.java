package org.fihrist.elasticsearch;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.util.AttributeFactory;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The tokenizers; {@code standard} is the server's own. */
final class Tokenizers {

    private interface Recipe {
        Supplier<Tokenizer> read(IndexSettings index, Settings settings);
    }

    private Tokenizers() {}

    static Map<String, AnalysisProvider<TokenizerFactory>> all() {
        return Map.of(
                "char_group", of(Tokenizers::charGroup),
                "edge_ngram", of(Tokenizers::edgeNgram),
                "keyword", of(Tokenizers::keyword),
                "ngram", of(Tokenizers::ngram),
                "pattern", of(Tokenizers::pattern),
                "uax_url_email", of(Tokenizers::uaxUrlEmail),
                "whitespace", of(Tokenizers::whitespace));
    }

    private static AnalysisProvider<TokenizerFactory> of(Recipe recipe) {
        return (index, env, name, settings) -> TokenizerFactory.newFactory(name, recipe.read(index, settings));
    }

    private static Supplier<Tokenizer> keyword(IndexSettings index, Settings settings) {
        int buffer = settings.getAsInt("buffer_size", KeywordTokenizer.DEFAULT_BUFFER_SIZE);
        return () -> new KeywordTokenizer(buffer);
    }

    private static Supplier<Tokenizer> whitespace(IndexSettings index, Settings settings) {
        int longest = settings.getAsInt("max_token_length", StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH);
        return () -> new WhitespaceTokenizer(AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY, longest);
    }

    private static Supplier<Tokenizer> uaxUrlEmail(IndexSettings index, Settings settings) {
        int longest = settings.getAsInt("max_token_length", StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH);
        return () -> {
            UAX29URLEmailTokenizer tokenizer = new UAX29URLEmailTokenizer();
            tokenizer.setMaxTokenLength(longest);
            return tokenizer;
        };
    }

    private static Supplier<Tokenizer> pattern(IndexSettings index, Settings settings) {
        Pattern pattern = Regex.compile(settings.get("pattern", "\\W+"), settings.get("flags"));
        int group = settings.getAsInt("group", -1);
        return () -> new PatternTokenizer(pattern, group);
    }

    private static Supplier<Tokenizer> ngram(IndexSettings index, Settings settings) {
        int min = settings.getAsInt("min_gram", NGramTokenizer.DEFAULT_MIN_NGRAM_SIZE);
        int max = settings.getAsInt("max_gram", NGramTokenizer.DEFAULT_MAX_NGRAM_SIZE);
        NGrams.check(index, min, max);
        IntPredicate kept = tokenChars(settings);
        return () -> new NGramTokenizer(min, max) {
            @Override
            protected boolean isTokenChar(int c) {
                return kept.test(c);
            }
        };
    }

    private static Supplier<Tokenizer> edgeNgram(IndexSettings index, Settings settings) {
        int min = settings.getAsInt("min_gram", NGramTokenizer.DEFAULT_MIN_NGRAM_SIZE);
        int max = settings.getAsInt("max_gram", NGramTokenizer.DEFAULT_MAX_NGRAM_SIZE);
        IntPredicate kept = tokenChars(settings);
        return () -> new EdgeNGramTokenizer(min, max) {
            @Override
            protected boolean isTokenChar(int c) {
                return kept.test(c);
            }
        };
    }

    /** Reads {@code token_chars} and {@code custom_token_chars}: which characters belong to a token; none given, all do. */
    private static IntPredicate tokenChars(Settings settings) {
        List<String> names = settings.getAsList("token_chars");
        if (names.isEmpty()) {
            return c -> true;
        }
        IntPredicate any = c -> false;
        for (String raw : names) {
            String name = raw.toLowerCase(Locale.ROOT).trim();
            if (name.equals("custom")) {
                String custom = Rules.required(settings, "custom_token_chars", "token_chars");
                any = any.or(c -> custom.indexOf(c) >= 0);
            } else if (CharClasses.BY_NAME.containsKey(name)) {
                any = any.or(CharClasses.BY_NAME.get(name));
            } else {
                throw new IllegalArgumentException("Unknown token type [" + raw + "]: use " + CharClasses.BY_NAME.keySet());
            }
        }
        return any;
    }

    private static Supplier<Tokenizer> charGroup(IndexSettings index, Settings settings) {
        int longest = settings.getAsInt("max_token_length", CharTokenizer.DEFAULT_MAX_WORD_LEN);
        Set<Integer> single = new HashSet<>();
        IntPredicate classes = c -> false;
        for (String item : settings.getAsList("tokenize_on_chars")) {
            if (CharClasses.BY_NAME.containsKey(item)) {
                classes = classes.or(CharClasses.BY_NAME.get(item));
                continue;
            }
            String character = item.length() == 1 ? item : Rules.unescape(item);
            if (character.length() != 1) {
                throw new IllegalArgumentException("[tokenize_on_chars] takes single characters and classes, not [" + item + "]");
            }
            single.add((int) character.charAt(0));
        }
        IntPredicate separators = classes.or(single::contains);
        return () -> new CharTokenizer(AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY, longest) {
            @Override
            protected boolean isTokenChar(int c) {
                return separators.test(c) == false;
            }
        };
    }
}
