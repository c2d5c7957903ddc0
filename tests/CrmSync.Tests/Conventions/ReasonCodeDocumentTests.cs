using CrmSync.Core;
using CrmSync.TestSupport;

namespace CrmSync.Tests.Conventions;

/// <summary>docs/reason-codes.md is what an admin searches for a code: it says what the program says.</summary>
public sealed class ReasonCodeDocumentTests
{
    [Fact]
    public void The_page_lists_every_reason_code_with_the_programs_own_words_and_no_other()
    {
        var documented = File.ReadLines(Repository.Combine("docs", "reason-codes.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        var known = ReasonCodes.All.Select(reason => $"| `{reason.Code}` | {reason.Meaning} | {reason.WhatToDo} |");

        documented.Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_are_upper_case_and_both_texts_are_sentences() => ReasonCodes.All
        .Where(reason => !reason.Code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
            || !reason.Meaning.EndsWith('.') || !reason.WhatToDo.EndsWith('.'))
        .Select(reason => reason.Code)
        .ShouldBeEmpty();
}
