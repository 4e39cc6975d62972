package io.entitydb.storage.repair;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the headers say of borders in the log, to be compared when the log gets there. Serves one
 * thread.
 */
final class BorderClaims {

    private final String file;
    private final Findings findings;
    private final List<Claim> claims = new ArrayList<>();
    private int next;

    BorderClaims(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /**
     * How a log stands at a border.
     *
     * @param livingEntities living entities; negative if damage hides the number
     * @param dictionary the newest dictionary frame; null if damage hides it
     */
    record Border(FrameChain chain, long livingEntities, @Nullable FrameHeader dictionary) {}

    private record Claim(long slot, long position, String name, Test test) {}

    @FunctionalInterface
    private interface Test {

        /** What contradicts the claim: expected and found; null if nothing does. */
        @Nullable Contradiction of(Border border);
    }

    private record Contradiction(String expected, String found) {}

    /** Adds what a header says. */
    void add(Header header) {
        long slot = (long) header.slot() * Header.DATA_OFFSET / 2;
        claims.add(
                new Claim(
                        slot,
                        header.walOffset(),
                        "walOffset",
                        border ->
                                compare(
                                        "checkpointSequence",
                                        header.checkpointSequence(),
                                        border.chain().sequence())));
        claims.add(
                new Claim(slot, header.dataEnd(), "dataSize", border -> atDataEnd(header, border)));
        claims.sort(Comparator.comparingLong(Claim::position));
    }

    private static @Nullable Contradiction atDataEnd(Header header, Border border) {
        FrameChain chain = border.chain();
        Contradiction sequence = compare("walSequence", header.walSequence(), chain.sequence());
        if (sequence != null) {
            return sequence;
        }
        Contradiction time = compare("lastModified", header.lastModified(), chain.commitTime());
        if (time != null) {
            return time;
        }
        boolean isDigestKnown = chain.sequence() == 0 || !chain.digest().equals(Digest.ZERO);
        if (isDigestKnown && !chain.digest().equals(header.lastDigest())) {
            return new Contradiction(
                    "lastDigest " + header.lastDigest(), "digest " + chain.digest());
        }
        if (border.livingEntities() >= 0 && border.livingEntities() != header.entityCount()) {
            return compare("entityCount", header.entityCount(), border.livingEntities());
        }
        FrameHeader dictionary = border.dictionary();
        if (dictionary == null) {
            return null;
        }
        Contradiction offset =
                compare("tagDictOffset", header.tagDictOffset(), dictionary.position());
        return offset == null
                ? compare("tagDictSize", header.tagDictSize(), dictionary.length())
                : offset;
    }

    private static @Nullable Contradiction compare(String name, long claimed, long actual) {
        return claimed == actual
                ? null
                : new Contradiction(name + " " + claimed, name + " " + actual);
    }

    /** The log reached a border. Those that it passed without stopping there are none. */
    void at(Border border, DamageMap damage) {
        long position = border.chain().position();
        while (next < claims.size() && claims.get(next).position() <= position) {
            Claim claim = claims.get(next++);
            if (claim.position() < position) {
                miss(claim, damage);
                continue;
            }
            Contradiction contradiction = claim.test().of(border);
            if (contradiction != null) {
                report(claim, contradiction);
            }
        }
    }

    /** The log is at its end; claims about what lies behind do not hold. */
    void end(DamageMap damage) {
        while (next < claims.size()) {
            miss(claims.get(next++), damage);
        }
    }

    private void miss(Claim claim, DamageMap damage) {
        if (damage.at(claim.position()) == null && damage.at(claim.position() - 1) == null) {
            report(
                    claim,
                    new Contradiction(
                            claim.name() + " at a border between frames",
                            "no border at " + claim.position()));
        }
    }

    private void report(Claim claim, Contradiction contradiction) {
        findings.add(
                new Finding(
                        FindingCode.HEADER_DISAGREES,
                        file,
                        claim.slot(),
                        claim.slot() + Header.DATA_OFFSET / 2,
                        SequenceRange.NONE,
                        List.of(),
                        contradiction.expected() + " as the header at " + claim.slot() + " says",
                        contradiction.found() + " in the log"));
    }
}
