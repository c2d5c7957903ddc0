namespace CrmSync.Core;

public static partial class ReasonCodes
{
    public static readonly ReasonCode JsonTruncated = new(
        "JSON_TRUNCATED",
        "The file ends in the middle: its writer is not done, or died.",
        "Nothing if it is written anew: CrmSync reads it again when its size or time changes. Else export the session again.");

    public static readonly ReasonCode JsonEmpty = new(
        "JSON_EMPTY",
        "The file holds nothing: no bytes, zero bytes only, null, or an empty list.",
        "Export the session again; it is read when its size or time changes.");

    public static readonly ReasonCode JsonInvalid = new(
        "JSON_INVALID",
        "The file is no JSON.",
        "Check what else writes into the folder, or narrow the source's Pattern.");

    public static readonly ReasonCode JsonTrailingData = new(
        "JSON_TRAILING_DATA",
        "Something follows behind the session's JSON, such as a second document.",
        "Find the program that appends to the file; CrmSync expects one session in one file.");

    public static readonly ReasonCode JsonDuplicateKey = new(
        "JSON_DUPLICATE_KEY",
        "A key stands twice in one object, and nobody can tell which value is meant.",
        "Find the program that changes the files between the platform and CrmSync.");

    public static readonly ReasonCode JsonTooDeep = new(
        "JSON_TOO_DEEP",
        "The JSON is nested deeper than any session is.",
        "Check where the file comes from: the platform does not write such files.");

    public static readonly ReasonCode JsonTooManyKeys = new(
        "JSON_TOO_MANY_KEYS",
        "The session has more keys than any session has.",
        "Check where the file comes from: the platform does not write such files.");

    public static readonly ReasonCode TextInvalid = new(
        "TEXT_INVALID",
        "The file's text is no valid UTF-8 or UTF-16, or holds half a character.",
        "Find the program that changes the files between the platform and CrmSync.");

    public static readonly ReasonCode TooLarge = new(
        "TOO_LARGE",
        "The file is larger than the source's FileBytesMax; it was not read.",
        "Raise FileBytesMax if such sessions are real.");

    public static readonly ReasonCode NotASession = new(
        "NOT_A_SESSION",
        "The file is JSON, but no session: it has no object at its root, or no id.",
        "Narrow the source's Pattern so that it leaves out other files.");

    public static readonly ReasonCode KindUnknown = new(
        "KIND_UNKNOWN",
        "The file does not tell whether it is a call or a chat.",
        "Run 'crmsync inspect' on it: one of call_type, chat_type, session_type_v2 should be there.");

    public static readonly ReasonCode NameMismatch = new(
        "NAME_MISMATCH",
        "The file's name says another session than its content.",
        "Find out which is right; rename the file, or export the session again.");

    public static readonly ReasonCode NotRegularFile = new(
        "NOT_REGULAR_FILE",
        "It is a link, a pipe, a socket or a device: only ordinary files are read.",
        "Put a copy of the file in its place, if it is a session.");

    public static readonly ReasonCode NameInvalid = new(
        "NAME_INVALID",
        "The file's name is no valid text, so the file cannot be opened safely.",
        "Rename the file.");

    public static readonly ReasonCode FileDenied = new(
        "FILE_DENIED",
        "CrmSync's user may not read the file.",
        "Give the user that runs CrmSync read access; the file is read at the next scan.");

    public static readonly ReasonCode FileUnreadable = new(
        "FILE_UNREADABLE",
        "The disk or share failed while the file was read.",
        "Nothing if it passes: it is read again at the next scan. Else look at the disk or the share.");

    public static readonly ReasonCode ArchiveFailed = new(
        "ARCHIVE_FAILED",
        "A recorded file could not be moved to the archive folder.",
        "Give CrmSync's user write access to both folders; nothing is delivered twice meanwhile.");

    public static readonly ReasonCode PickupIncomplete = new(
        "PICKUP_INCOMPLETE",
        "The file has been growing for longer than any export takes.",
        "Look at the program that writes it.");

    public static readonly ReasonCode SourceUnreachable = new(
        "SOURCE_UNREACHABLE",
        "The source cannot be listed: the folder is gone, not mounted, or closed to CrmSync's user.",
        "Mount the folder or give access; nothing is lost, the next scan goes on.");

    public static readonly ReasonCode SessionNotFinal = new(
        "SESSION_NOT_FINAL",
        "The platform has not finished the session: its status may still change.",
        "Nothing: the platform writes the file again when it has.");

    public static readonly ReasonCode BeforeStartDate = new(
        "BEFORE_START_DATE",
        "The session ended before the source's StartFrom.",
        "Nothing, or move StartFrom back and send it with 'crmsync send'.");

    public static readonly ReasonCode NothingRelevantChanged = new(
        "NOTHING_RELEVANT_CHANGED",
        "The file was written again, but ticket, codes, notes, rating, comment and recording are the same.",
        "Nothing.");
}
