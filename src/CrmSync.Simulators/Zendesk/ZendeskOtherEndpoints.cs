using System.Text.Json.Nodes;

namespace CrmSync.Simulators.Zendesk;

/// <summary>Uploads, users and ticket fields.</summary>
internal static class ZendeskOtherEndpoints
{
    private const int FileBytesMax = 50 * 1024 * 1024;

    public static void Map(ZendeskRouter router)
    {
        router.Post("uploads", Upload);
        router.Delete("uploads/{token}", DeleteUpload);
        router.Get("users/me", Me);
        router.Get("users/search", SearchUsers);
        router.Get("users/{id}", ShowUser);
        router.Get("ticket_fields", Fields);
    }

    /// <summary>Any content type, never parsed; the name comes in the query.</summary>
    private static ZendeskAnswer Upload(ZendeskCall call)
    {
        var fileName = call.Query["filename"].ToString();

        if (fileName.Length == 0)
        {
            return ZendeskAnswer.Error(400, "InvalidParameter", "Parameter filename is required");
        }

        if (call.Body.Length == 0)
        {
            return ZendeskAnswer.Invalid("attachment", "Attachment: cannot be empty", "BlankValue");
        }

        if (call.Account.Settings.FileTypes is { Count: > 0 } allowed && !allowed.Contains(Path.GetExtension(fileName), StringComparer.OrdinalIgnoreCase))
        {
            return ZendeskAnswer.Invalid("attachment", "Attachment: file type is not allowed", "InvalidFileType");
        }

        if (call.Body.Length > FileBytesMax)
        {
            return ZendeskAnswer.Error(413, "AttachmentTooLarge", $"The file may have {FileBytesMax} bytes at most.");
        }

        var token = call.Query["token"].ToString();
        var type = call.ContentType.Length == 0 ? "application/binary" : call.ContentType;
        var upload = call.Account.Uploads.Add(fileName, type, call.Body, token.Length == 0 ? null : token);
        return ZendeskAnswer.Created(
            ZendeskViews.Upload(upload, call.BaseUrl), $"{call.BaseUrl}/api/v2/attachments/{upload.Attachments[^1].Id}.json");
    }

    private static ZendeskAnswer DeleteUpload(ZendeskCall call) =>
        call.Account.Uploads.Delete(call.Route("token")) ? ZendeskAnswer.NoContent : ZendeskAnswer.NotFound;

    private static ZendeskAnswer Me(ZendeskCall call) => ZendeskAnswer.Ok(new JsonObject
    {
        ["user"] = ZendeskViews.User(call.Account.Users.Find(call.UserId)!, call.BaseUrl),
    });

    private static ZendeskAnswer SearchUsers(ZendeskCall call) => ZendeskPages.Answer(
        call,
        "users",
        [.. call.Account.Users.Search(call.Query["query"].ToString()).Select(user => ZendeskViews.User(user, call.BaseUrl))]);

    private static ZendeskAnswer ShowUser(ZendeskCall call) =>
        !call.TryId("id", out var id, out var refusal) ? refusal
            : call.Account.Users.Find(id) is { } user ? ZendeskAnswer.Ok(new JsonObject { ["user"] = ZendeskViews.User(user, call.BaseUrl) })
            : ZendeskAnswer.NotFound;

    private static ZendeskAnswer Fields(ZendeskCall call) => ZendeskPages.Answer(
        call, "ticket_fields", [.. call.Account.Fields.All.Select(field => ZendeskViews.Field(field, call.BaseUrl))]);
}
