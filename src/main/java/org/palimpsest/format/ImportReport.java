package org.palimpsest.format;

import java.util.List;

/// What an import took over and what it left out.
///
/// @param examples how many examples were taken over
/// @param findings the first [FindingList#KEPT] findings
/// @param moreFindings how many there were beyond
public record ImportReport(long examples, List<Finding> findings, long moreFindings) {
    public ImportReport {
        findings = List.copyOf(findings);
    }

    public ImportReport(long examples, FindingList findings) {
        this(examples, findings.kept(), findings.notKept());
    }
}
