package io.entitydb.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a word is: the same when contents are indexed and when they are searched.
 *
 * <p>Text is taken apart by the rules of Unicode (UAX #29), after composing its characters (NFC),
 * and put in lower case. Nothing else is changed: neither endings nor accents are dropped.
 */
final class Words extends Analyzer {

    /** The only one; thread-safe. */
    static final Words ANALYZER = new Words();

    /**
     * Positions between two texts of one content, so that no phrase reaches from one to the other.
     */
    private static final int GAP = 1000;

    private Words() {}

    /** A text as it is to be analyzed. */
    static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        StandardTokenizer words = new StandardTokenizer();
        return new TokenStreamComponents(words, new LowerCaseFilter(words));
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return GAP;
    }

    /**
     * The documents that hold words one after the other; none if the text has no word.
     *
     * @param isBeginning whether a single word stands for all that begin with it
     */
    static Query query(String field, String text, boolean isBeginning) {
        List<Term> terms = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        int position = -1;
        try (TokenStream tokens = ANALYZER.tokenStream(field, normalize(text))) {
            CharTermAttribute term = tokens.getAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = tokens.getAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                position += step.getPositionIncrement();
                terms.add(new Term(field, term.toString()));
                positions.add(position);
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be read", e);
        }
        return switch (terms.size()) {
            case 0 -> new MatchNoDocsQuery("no word");
            case 1 ->
                    isBeginning
                            ? new PrefixQuery(terms.getFirst())
                            : new TermQuery(terms.getFirst());
            default -> phrase(terms, positions);
        };
    }

    private static Query phrase(List<Term> terms, List<Integer> positions) {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        for (int i = 0; i < terms.size(); i++) {
            phrase.add(terms.get(i), positions.get(i));
        }
        return phrase.build();
    }
}
