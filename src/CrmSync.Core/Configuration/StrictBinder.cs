using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Configuration;

/// <summary>Binds a section to an options class and complains about every key and value that does not fit, with the nearest name.</summary>
public static class StrictBinder
{
    /// <summary>The options, and what is wrong with the section. With complaints the options hold what could be read.</summary>
    public static (TOptions Options, IReadOnlyList<Complaint> Complaints) Bind<TOptions>(IConfigurationSection section)
        where TOptions : class, new()
    {
        var complaints = new List<Complaint>();
        Examine(section, typeof(TOptions), complaints);
        var options = complaints.Count == 0 ? section.Get<TOptions>() ?? new TOptions() : new TOptions();
        return (options, complaints);
    }

    private static void Examine(IConfigurationSection section, Type type, List<Complaint> complaints)
    {
        var properties = Settable(type);
        foreach (var child in section.GetChildren())
        {
            if (properties.TryGetValue(child.Key, out var property))
            {
                ExamineValue(child, property.PropertyType, complaints);
            }
            else
            {
                complaints.Add(new Complaint(child.Path, "is not a known setting.", NearestName.Hint(child.Key, properties.Keys)));
            }
        }
    }

    private static void ExamineValue(IConfigurationSection value, Type type, List<Complaint> complaints)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (DictionaryValue(target) is { } entry)
        {
            foreach (var child in value.GetChildren())
            {
                ExamineValue(child, entry, complaints);
            }
        }
        else if (ListElement(target) is { } element)
        {
            ExamineList(value, element, complaints);
        }
        else if (TypeDescriptor.GetConverter(target).CanConvertFrom(typeof(string)))
        {
            ExamineText(value, target, complaints);
        }
        else if (value.Value is { Length: > 0 })
        {
            complaints.Add(new Complaint(value.Path, "is a single value where a section is expected.", $"Write its settings below it: {string.Join(", ", Settable(target).Keys)}."));
        }
        else
        {
            Examine(value, target, complaints);
        }
    }

    private static void ExamineList(IConfigurationSection value, Type element, List<Complaint> complaints)
    {
        if (value.Value is { Length: > 0 })
        {
            complaints.Add(new Complaint(value.Path, "is a single value where a list is expected.", "Write it in square brackets, or as KEY__0 in an environment variable."));
        }

        foreach (var child in value.GetChildren())
        {
            ExamineValue(child, element, complaints);
        }
    }

    private static void ExamineText(IConfigurationSection value, Type type, List<Complaint> complaints)
    {
        if (value.GetChildren().Any())
        {
            complaints.Add(new Complaint(value.Path, "is a section where a single value is expected.", $"Write {Form(type)}."));
        }
        else if (value.Value is { Length: > 0 } text && !Fits(text, type))
        {
            complaints.Add(new Complaint(value.Path, "cannot be read.", $"Write {Form(type)}."));
        }
    }

    // A bare number would be read as days, which nobody means.
    private static bool Fits(string text, Type type)
    {
        if (type == typeof(TimeSpan))
        {
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _);
        }

        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Form(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a duration as hours:minutes:seconds, e.g. 00:20:00 for twenty minutes",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(decimal) => "a number",
        _ when type == typeof(DateTimeOffset) => "a date with its offset, e.g. 2026-03-01T00:00:00Z",
        _ when type == typeof(Uri) => "an address, e.g. https://example.my.salesforce.com",
        _ => "a text",
    };

    private static Dictionary<string, PropertyInfo> Settable(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite || ListElement(property.PropertyType) is not null || DictionaryValue(property.PropertyType) is not null)
        .GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);

    private static Type? DictionaryValue(Type type) => Interfaces(type)
        .Where(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)))
        .Select(i => i.GetGenericArguments()[1])
        .FirstOrDefault();

    private static Type? ListElement(Type type) => type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type) ? null : Interfaces(type)
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(i => i.GetGenericArguments()[0])
        .FirstOrDefault();

    private static IEnumerable<Type> Interfaces(Type type) => type.IsInterface ? type.GetInterfaces().Prepend(type) : type.GetInterfaces();
}
