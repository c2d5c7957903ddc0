using System.Text;
using CrmSync.Core.Sessions;

namespace CrmSync.Tests.Sessions;

/// <summary>Reads sessions from text; a test names only the keys it is about.</summary>
internal static class SessionText
{
    /// <summary>A call with the given keys beside the least a session has.</summary>
    public static SessionMetadata Call(string keys = "", ReaderOptions? options = null) =>
        Session($$"""{"id":48211,"call_type":"Voice Inbound (IVR)"{{(keys.Length == 0 ? "" : ",")}}{{keys}}}""", options);

    /// <summary>A chat with the given keys beside the least a session has.</summary>
    public static SessionMetadata Chat(string keys = "") =>
        Session($$"""{"id":9317,"chat_type":"Messaging Inbound (Web Chat)"{{(keys.Length == 0 ? "" : ",")}}{{keys}}}""");

    public static SessionMetadata Session(string json, ReaderOptions? options = null) =>
        Read(json, options).ShouldBeOfType<ReadResult.Session>().Metadata;

    public static ReadResult Read(string json, ReaderOptions? options = null) => Read(Encoding.UTF8.GetBytes(json), options);

    public static ReadResult Read(byte[] bytes, ReaderOptions? options = null) => SessionReader.Read(bytes, options ?? new ReaderOptions());

    public static string ReasonFor(byte[] bytes, ReaderOptions? options = null) =>
        Read(bytes, options).ShouldBeOfType<ReadResult.Unreadable>().Fault.Reason.Code;

    public static string ReasonFor(string json, ReaderOptions? options = null) => ReasonFor(Encoding.UTF8.GetBytes(json), options);
}
