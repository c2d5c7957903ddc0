using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace CrmSync.Cli;

/// <summary>Data goes to stdout, talk to stderr; colour and progress bars only where a person watches.</summary>
internal sealed class Terminal
{
    // A table that is piped must not be wrapped at the 80 columns of nobody's screen.
    private const int PipedWidth = 400;

    public Terminal(TextWriter output, TextWriter talk, bool piped)
    {
        Raw = output;
        Out = Console(output, piped);
        Talk = Console(talk, piped);
        IsInteractive = !piped;
    }

    public IAnsiConsole Out { get; }

    public IAnsiConsole Talk { get; }

    /// <summary>For text that is data byte for byte: JSON, a rendered template.</summary>
    public TextWriter Raw { get; }

    public bool IsInteractive { get; }

    public static Terminal OfProcess() =>
        new(System.Console.Out, System.Console.Error, System.Console.IsOutputRedirected || System.Console.IsErrorRedirected);

    public void Json<T>(T value, JsonTypeInfo<T> type) => Raw.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>A line of data, never wrapped.</summary>
    public void WriteLine(string line = "") => Raw.WriteLine(line);

    /// <summary>A sentence for the person, never part of the data.</summary>
    public void Say(string sentence) => Talk.Write(new Text(sentence + Environment.NewLine));

    public int Fail(int exitCode, string sentence)
    {
        Talk.Write(new Text("error: " + sentence + Environment.NewLine, IsInteractive ? new Style(Color.Red) : Style.Plain));
        return exitCode;
    }

    public Table Table(params string[] columns)
    {
        var table = new Table { Border = IsInteractive ? TableBorder.Rounded : TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    private static IAnsiConsole Console(TextWriter writer, bool piped)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = piped ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (piped)
        {
            console.Profile.Width = PipedWidth;
        }

        return console;
    }
}

internal static class Tables
{
    /// <summary>A row of plain text: nothing in it is taken for markup.</summary>
    public static void Row(this Table table, params string?[] cells) => table.AddRow(cells.Select(cell => new Text(cell ?? string.Empty)));
}
