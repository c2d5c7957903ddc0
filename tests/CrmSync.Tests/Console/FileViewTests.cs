using System.Text.Json;
using CrmSync.Console.Views;

namespace CrmSync.Tests.Console;

/// <summary>How the console shows files: what changed, line by line, and as a patch.</summary>
public sealed class FileViewTests
{
    [Fact]
    public void Changes_name_the_value_before_and_after_and_leave_the_rest_out()
    {
        var changes = RevisionChanges.Between(
            Json("""{"id": 1, "rating": null, "status": "finished", "notes": ["a", "b"], "gone": 1}"""),
            Json("""{"id": 1, "rating": 4, "status": "finished", "notes": ["a", "c", {"text": "new"}]}"""));

        changes.ShouldBe(
        [
            new ValueChange("rating", null, "4"),
            new ValueChange("notes[1]", "b", "c"),
            new ValueChange("notes[2].text", null, "new"),
            new ValueChange("gone", "1", null),
        ]);
    }

    [Fact]
    public void A_key_that_is_null_and_one_that_is_not_there_are_the_same() =>
        RevisionChanges.Between(Json("""{"a": null}"""), Json("{}")).ShouldBeEmpty();

    [Fact]
    public void A_file_is_laid_out_and_its_lines_are_found_by_what_they_hold()
    {
        var text = JsonText.Of(Json("""{"id":7,"note":"¡Qué <b>día</b>!"}"""));

        text.Find(null).Select(line => line.Text.TrimEnd('\r')).ShouldBe(["{", "  \"id\": 7,", "  \"note\": \"¡Qué <b>día</b>!\"", "}"]);
        text.Find(" QUÉ ").ShouldHaveSingleItem().Number.ShouldBe(3);
    }

    [Fact]
    public void What_was_sought_is_marked_everywhere_in_a_line()
    {
        JsonText.Mark("aXbxc", "x").ShouldBe([("a", false), ("X", true), ("b", false), ("x", true), ("c", false)]);
        JsonText.Mark("abc", "  ").ShouldBe([("abc", false)]);
    }

    [Fact]
    public void A_change_becomes_a_patch()
    {
        var before = string.Join('\n', Enumerable.Range(1, 12).Select(line => $"line {line}"));
        var after = before.Replace("line 6", "line six\nand a half", StringComparison.Ordinal);

        LineDiff.Unified("a.sbn-txt", before, after).ShouldBe(
            "--- a/a.sbn-txt\n+++ b/a.sbn-txt\n@@ -3,7 +3,8 @@\n line 3\n line 4\n line 5\n-line 6\n+line six\n+and a half\n line 7\n line 8\n line 9\n");
    }

    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own_and_none_is_no_patch()
    {
        var before = string.Join('\n', Enumerable.Range(1, 40));
        var patch = LineDiff.Unified("t", before, before.Replace("\n5\n", "\nfive\n", StringComparison.Ordinal).Replace("\n30\n", "\n", StringComparison.Ordinal));

        patch.Split('\n').Count(line => line.StartsWith("@@", StringComparison.Ordinal)).ShouldBe(2);
        patch.ShouldContain("@@ -27,7 +27,6 @@");
        LineDiff.Unified("t", before, before).ShouldBeEmpty();
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
