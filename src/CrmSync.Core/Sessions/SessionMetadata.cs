namespace CrmSync.Core.Sessions;

/// <summary>A tolerant view over the bytes of one session metadata file.</summary>
public sealed partial class SessionMetadata;
