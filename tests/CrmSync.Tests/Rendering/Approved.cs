namespace CrmSync.Tests.Rendering;

/// <summary>Texts that people read, approved by a person. <c>TESTS_APPROVE=1 dotnet test</c> writes them anew: look at the difference.</summary>
internal static class Approved
{
    public static void Match(string name, string text)
    {
        var file = RepositoryFolder.Of("tests", "CrmSync.Tests", "Rendering", "Golden", name + ".golden");
        if (Environment.GetEnvironmentVariable("TESTS_APPROVE") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text + "\n");
        }

        File.Exists(file).ShouldBeTrue($"{name} is not approved yet: run the tests with TESTS_APPROVE=1 and read it.");
        text.ShouldBe(File.ReadAllText(file).TrimEnd('\n'));
    }
}
