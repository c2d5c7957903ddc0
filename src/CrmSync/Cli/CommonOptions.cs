using System.CommandLine;

namespace CrmSync.Cli;

/// <summary>Options that several verbs share; made anew for each command, since a symbol belongs to one parent.</summary>
internal static class CommonOptions
{
    public static Option<string?> Config() => new("--config", "-c")
    {
        Description = "The settings file. Default: appsettings.json in this folder, else the one shipped with crmsync.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of a table." };

    public static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask before several deliveries are changed." };

    public static Option<string?> Source() => new("--source") { Description = "Read the files with this source's settings. Default: the first source.", HelpName = "NAME" };

    public static Argument<string> Session() => new("SESSION")
    {
        Description = "call-48211, 48211, instance/call-48211, or a ticket id.",
    };

    public static Argument<string[]> Files(string description) => new("FILE")
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };
}
