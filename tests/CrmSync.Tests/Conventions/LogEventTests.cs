using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Tests.Conventions;

/// <summary>Operators filter by event id: one id, one sentence.</summary>
public sealed class LogEventTests
{
    private static readonly IReadOnlyList<(string Where, LoggerMessageAttribute Event)> Events =
    [
        .. from type in Product.Types
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select ($"{type.FullName}.{method.Name}", message),
    ];

    [Fact]
    public void Event_ids_are_set_and_unique_across_the_product() => Events
        .GroupBy(e => e.Event.EventId)
        .Where(same => same.Key <= 0 || same.Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(e => e.Where))}")
        .ShouldBeEmpty();

    [Fact]
    public void There_are_events_to_look_at() => Events.ShouldNotBeEmpty();

    [Theory]
    [InlineData("phone")]
    [InlineData("email")]
    [InlineData("notetext")]
    [InlineData("accesstoken")]
    [InlineData("password")]
    [InlineData("secret")]
    public void No_message_has_a_place_for_personal_data_or_secrets(string word) => Events
        .Where(e => Placeholders(e.Event.Message).Any(hole => hole.Contains(word, StringComparison.OrdinalIgnoreCase)))
        .Select(e => e.Where)
        .ShouldBeEmpty();

    private static IEnumerable<string> Placeholders(string message) =>
        message.Split('{').Skip(1).Select(part => part.Split('}')[0]);
}
