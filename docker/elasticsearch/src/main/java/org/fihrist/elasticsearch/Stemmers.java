package org.fihrist.elasticsearch;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.ckb.SoraniStemFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/** The filter {@code stemmer}: which of Lucene's stemmers each value of its setting {@code language} means. */
final class Stemmers {

    private static final Map<String, UnaryOperator<TokenStream>> BY_LANGUAGE = byLanguage();

    private Stemmers() {}

    static UnaryOperator<TokenStream> read(IndexSettings index, Environment env, Settings settings) {
        String language = settings.get("language", settings.get("name", "porter"));
        // Both spellings are stock: light_english and lightEnglish.
        UnaryOperator<TokenStream> stemmer = BY_LANGUAGE.get(language.toLowerCase(Locale.ROOT).replace("_", ""));
        if (stemmer == null) {
            throw new IllegalArgumentException("Invalid stemmer class specified: " + language);
        }
        return stemmer;
    }

    private static Map<String, UnaryOperator<TokenStream>> byLanguage() {
        Map<String, UnaryOperator<TokenStream>> stemmers = new TreeMap<>();
        stemmers.put("arabic", ArabicStemFilter::new);
        stemmers.put("english", PorterStemFilter::new);
        stemmers.put("kstem", KStemFilter::new);
        stemmers.put("lightenglish", KStemFilter::new);
        stemmers.put("minimalenglish", EnglishMinimalStemFilter::new);
        stemmers.put("porter", PorterStemFilter::new);
        stemmers.put("porter2", snowball(EnglishStemmer::new));
        stemmers.put("possessiveenglish", EnglishPossessiveFilter::new);
        stemmers.put("french", snowball(FrenchStemmer::new));
        stemmers.put("lightfrench", FrenchLightStemFilter::new);
        stemmers.put("minimalfrench", FrenchMinimalStemFilter::new);
        stemmers.put("german", snowball(GermanStemmer::new));
        stemmers.put("lightgerman", GermanLightStemFilter::new);
        stemmers.put("minimalgerman", GermanMinimalStemFilter::new);
        stemmers.put("hindi", HindiStemFilter::new);
        stemmers.put("italian", snowball(ItalianStemmer::new));
        stemmers.put("lightitalian", ItalianLightStemFilter::new);
        stemmers.put("persian", PersianStemFilter::new);
        stemmers.put("russian", snowball(RussianStemmer::new));
        stemmers.put("lightrussian", RussianLightStemFilter::new);
        stemmers.put("sorani", SoraniStemFilter::new);
        stemmers.put("spanish", snowball(SpanishStemmer::new));
        stemmers.put("lightspanish", SpanishLightStemFilter::new);
        stemmers.put("turkish", snowball(TurkishStemmer::new));
        return stemmers;
    }

    /** A Snowball stemmer holds a word while it works, so every stream gets one of its own. */
    private static UnaryOperator<TokenStream> snowball(Supplier<SnowballStemmer> stemmer) {
        return input -> new SnowballFilter(input, stemmer.get());
    }
}
