package org.fihrist.elasticsearch;

import org.elasticsearch.common.settings.Settings;

/** The small notations that several components' settings share. */
final class Rules {

    /** One line of the form {@code left => right}, both sides trimmed. */
    record Rule(String left, String right) {}

    private Rules() {}

    /** Splits at the last arrow, so that the left side may hold one. */
    static Rule parse(String line) {
        int arrow = line.lastIndexOf("=>");
        if (arrow < 0) {
            throw new IllegalArgumentException("Invalid rule [" + line + "]: it needs the form [left => right]");
        }
        return new Rule(line.substring(0, arrow).trim(), line.substring(arrow + 2).trim());
    }

    /** Resolves {@code \\ \n \t \r \b \f} and {@code \}{@code u0000}; any other escaped character stands for itself. */
    static String unescape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            if (++i == text.length()) {
                throw new IllegalArgumentException("Invalid escape at the end of [" + text + "]");
            }
            c = text.charAt(i);
            switch (c) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    if (i + 4 >= text.length()) {
                        throw new IllegalArgumentException("Invalid escape in [" + text + "]: \\u needs four hex digits");
                    }
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String required(Settings settings, String key, String component) {
        String value = settings.get(key);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("[" + component + "] requires the setting [" + key + "]");
        }
        return value;
    }
}
