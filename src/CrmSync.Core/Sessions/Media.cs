namespace CrmSync.Core.Sessions;

/// <summary>A row of <c>photos</c>: what the customer sent in a SmartAction.</summary>
/// <param name="PhotoType"><c>photo</c> or <c>screenshot</c>.</param>
public sealed record Photo(long? Id, string? PhotoType, string? Url)
{
    internal static Photo Read(JsonFields fields) =>
        new(fields.Integer("id"u8), fields.Text("photo_type"u8), fields.Text("url"u8));
}

/// <summary>A row of <c>videos</c>.</summary>
public sealed record Video(long? Id, string? Url)
{
    internal static Video Read(JsonFields fields) => new(fields.Integer("id"u8), fields.Text("url"u8));
}

/// <summary>Text the customer typed when an agent asked for it. Its key is not published.</summary>
public sealed record TextInput(string? Label, string? Text, DateTimeOffset? SubmittedAt)
{
    internal static TextInput Read(JsonFields fields) => new(
        fields.Text("label"u8) ?? fields.Text("title"u8),
        fields.Text("text"u8) ?? fields.Text("value"u8) ?? fields.Text("content"u8),
        fields.Time("submitted_at"u8) ?? fields.Time("created_at"u8));
}

/// <summary>An SMS of a call: sent while waiting, or during the talk. Its keys are not published.</summary>
public sealed record SmsMessage(string? Direction, string? Text, DateTimeOffset? SentAt)
{
    internal static SmsMessage Read(JsonFields fields) => new(
        fields.Text("direction"u8) ?? fields.Text("from"u8) ?? fields.Text("sender"u8),
        fields.Text("text"u8) ?? fields.Text("body"u8) ?? fields.Text("message"u8) ?? fields.Text("content"u8),
        fields.Time("sent_at"u8) ?? fields.Time("created_at"u8));
}
