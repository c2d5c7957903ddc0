namespace CrmSync.Console.Texts;

/// <summary>A sentence or word of the console in every language it speaks. A language that is missing does not compile.</summary>
public sealed record Text(string English, string Spanish);
