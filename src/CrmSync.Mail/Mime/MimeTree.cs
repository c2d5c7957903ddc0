namespace CrmSync.Mail.Mime;

/// <summary>mixed( alternative( text, related( html, pictures ) ), files ), each level only where it is needed.</summary>
internal static class MimeTree
{
    public static MimeEntity Build(MailMessage message, Func<string> boundary)
    {
        var body = Body(message, boundary);
        return message.Attachments.Count == 0
            ? body
            : new MultipartEntity("mixed", boundary(), [body, .. message.Attachments.Select(file => new FileEntity(file))]);
    }

    private static MimeEntity Body(MailMessage message, Func<string> boundary)
    {
        var text = TextEntity.Of("text/plain", message.Text);
        return message.Html is { } html
            ? new MultipartEntity("alternative", boundary(), [text, Html(html, message.InlineImages, boundary)])
            : text;
    }

    private static MimeEntity Html(string html, IReadOnlyList<MailAttachment> images, Func<string> boundary)
    {
        var text = TextEntity.Of("text/html", html);
        return images.Count == 0
            ? text
            : new MultipartEntity("related", boundary(), [text, .. images.Select(image => new FileEntity(image))]);
    }
}
