namespace CrmSync.TestSupport;

/// <summary>What a test needs beyond the .NET SDK. Missing: the test skips, or fails where everything is promised to be there.</summary>
internal static class Requires
{
    private const string Promise = "TESTS_REQUIRE_ALL";

    /// <summary>Skips unless <paramref name="program"/> is on the PATH; <paramref name="install"/> tells how to get it.</summary>
    public static string Program(string program, string install)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        That(path is not null, $"{program} is not installed: {install}");
        return path!;
    }

    /// <summary>Skips with <paramref name="sentence"/> unless <paramref name="met"/>.</summary>
    public static void That(bool met, string sentence)
    {
        if (met)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable(Promise) is "1")
        {
            Assert.Fail($"{sentence} ({Promise} is set, so this test must run.)");
        }

        Assert.Skip(sentence);
    }
}
