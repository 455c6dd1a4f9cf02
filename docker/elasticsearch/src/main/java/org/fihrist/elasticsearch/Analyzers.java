package org.fihrist.elasticsearch;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** Lucene's ready analyzers of the languages that Fihrist meets, with {@code stopwords} and {@code stem_exclusion}. */
final class Analyzers {

    /** Makes an analyzer from its stop words and from the words that it must not stem. */
    private interface Recipe {
        Analyzer make(CharArraySet stopWords, CharArraySet unstemmed);
    }

    private Analyzers() {}

    static Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> all() {
        return Map.of(
                "arabic", of(ArabicAnalyzer.getDefaultStopSet(), ArabicAnalyzer::new),
                "english", of(EnglishAnalyzer.getDefaultStopSet(), EnglishAnalyzer::new),
                "french", of(FrenchAnalyzer.getDefaultStopSet(), FrenchAnalyzer::new),
                "german", of(GermanAnalyzer.getDefaultStopSet(), GermanAnalyzer::new),
                // The stock one has no stem_exclusion.
                "persian", of(PersianAnalyzer.getDefaultStopSet(), (stopWords, unstemmed) -> new PersianAnalyzer(stopWords)),
                "russian", of(RussianAnalyzer.getDefaultStopSet(), RussianAnalyzer::new),
                "sorani", of(SoraniAnalyzer.getDefaultStopSet(), SoraniAnalyzer::new),
                "spanish", of(SpanishAnalyzer.getDefaultStopSet(), SpanishAnalyzer::new),
                "turkish", of(TurkishAnalyzer.getDefaultStopSet(), TurkishAnalyzer::new));
    }

    private static AnalysisProvider<AnalyzerProvider<? extends Analyzer>> of(CharArraySet defaults, Recipe recipe) {
        return (index, env, name, settings) -> {
            Analyzer analyzer = recipe.make(
                    Analysis.parseStopWords(env, settings, defaults),
                    Analysis.parseStemExclusion(settings, CharArraySet.EMPTY_SET));
            return new AbstractIndexAnalyzerProvider<Analyzer>(name) {
                @Override
                public Analyzer get() {
                    return analyzer;
                }
            };
        };
    }
}
