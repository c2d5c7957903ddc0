using System.Text;

namespace CrmSync.Simulators.Smtp;

/// <summary>Finds the attached files of a mail, by a way of its own: the mail library that wrote it is not asked.</summary>
internal static class MailAttachments
{
    /// <summary>Parts that call themselves attachments, base64 undone. Names in encoded words stay as they are.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Of(byte[] mail)
    {
        var text = Encoding.Latin1.GetString(mail);
        foreach (var part in text.Split("\r\n--").Skip(1))
        {
            var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var head = end < 0 ? part : part[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
            if (end >= 0
                && head.Contains("Content-Disposition: attachment", StringComparison.OrdinalIgnoreCase)
                && head.Contains("Content-Transfer-Encoding: base64", StringComparison.OrdinalIgnoreCase))
            {
                yield return (Name(head), Convert.FromBase64String(part[(end + 4)..]));
            }
        }
    }

    private static string Name(string head)
    {
        const string FileName = "filename=\"";
        var start = head.IndexOf(FileName, StringComparison.OrdinalIgnoreCase) + FileName.Length;
        return start < FileName.Length || head.IndexOf('"', start) is not (>= 0 and var end) ? string.Empty : head[start..end];
    }
}
