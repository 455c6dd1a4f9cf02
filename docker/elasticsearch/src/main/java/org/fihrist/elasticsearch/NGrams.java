package org.fihrist.elasticsearch;

import org.elasticsearch.index.IndexSettings;

/** The limit that keeps n-gram fields from exploding, the same for tokenizer and token filter. */
final class NGrams {

    private NGrams() {}

    static void check(IndexSettings index, int min, int max) {
        int allowed = index.getMaxNgramDiff();
        if (max - min > allowed) {
            throw new IllegalArgumentException(
                    "The difference between max_gram and min_gram in NGram Tokenizer must be less than or equal to: ["
                            + allowed
                            + "] but was ["
                            + (max - min)
                            + "]. This limit can be set by changing the ["
                            + IndexSettings.MAX_NGRAM_DIFF_SETTING.getKey()
                            + "] index level setting.");
        }
    }
}
