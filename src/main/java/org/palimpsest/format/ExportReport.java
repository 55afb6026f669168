package org.palimpsest.format;

import java.util.List;

/// What an export wrote and what it left out.
///
/// @param examples how many examples the file holds
/// @param findings the first [FindingList#KEPT] findings
/// @param moreFindings how many there were beyond
public record ExportReport(long examples, List<Finding> findings, long moreFindings) {
    public ExportReport {
        findings = List.copyOf(findings);
    }

    public ExportReport(long examples, FindingList findings) {
        this(examples, findings.kept(), findings.notKept());
    }
}
