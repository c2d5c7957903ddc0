using System.Globalization;
using System.Security.Cryptography;

namespace CrmSync.Simulators.Salesforce;

/// <summary>What Salesforce does by itself when certain records are written.</summary>
internal static class SideEffects
{
    public static void AfterInsert(Org org, Row row)
    {
        switch (row.Type.Name)
        {
            case "ContentVersion":
                Publish(org, row);
                break;

            case "Case":
                org.Set(row, "OwnerId", row["OwnerId"] ?? org.UserId);
                AddCaseComment(org, row);
                break;
        }
    }

    public static void AfterUpdate(Org org, Row row)
    {
        if (row.Type.Name == "Case")
        {
            org.Set(row, "IsClosed", row.Text("Status") is "Closed" or "Merged");
            AddCaseComment(org, row);
        }
    }

    // Case.Comments is no column: what is written there becomes a private CaseComment.
    private static void AddCaseComment(Org org, Row row)
    {
        if (row.Text("Comments") is { } body)
        {
            org.Set(row, "Comments", null);
            var comment = org.Add(org.Type("CaseComment"));
            org.Set(comment, "ParentId", row.Id);
            org.Set(comment, "CommentBody", body);
        }
    }

    private static void Publish(Org org, Row version)
    {
        var bytes = version["VersionData"] as byte[]
            ?? throw new ApiException(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [VersionData]", "VersionData");
        var path = version.Text("PathOnClient")!;
        var extension = Path.GetExtension(path).TrimStart('.');
        org.Set(version, "Title", version["Title"] ?? Path.GetFileNameWithoutExtension(path));
        org.Set(version, "ContentSize", (decimal)bytes.Length);
        org.Set(version, "Checksum", Convert.ToHexStringLower(MD5.HashData(bytes)));
        org.Set(version, "FileExtension", extension);
        org.Set(version, "FileType", extension.ToUpperInvariant());

        var document = version.Text("ContentDocumentId") is { } existing ? NextVersion(org, version, existing) : FirstVersion(org, version);
        org.Set(version, "IsLatest", true);
        org.Set(document, "Title", version["Title"]);
        org.Set(document, "LatestPublishedVersionId", version.Id);
        org.Set(document, "FileExtension", extension);
        org.Set(document, "ContentSize", (decimal)bytes.Length);
    }

    private static Row FirstVersion(Org org, Row version)
    {
        var document = org.Add(org.Type("ContentDocument"));
        org.Set(version, "ContentDocumentId", document.Id);
        org.Set(version, "VersionNumber", "1");
        Link(org, document, org.UserId);
        if (version.Text("FirstPublishLocationId") is { } record)
        {
            Link(org, document, record);
        }

        return document;
    }

    private static Row NextVersion(Org org, Row version, string documentId)
    {
        if (version["FirstPublishLocationId"] is not null)
        {
            throw new ApiException(
                400,
                "FIELD_INTEGRITY_EXCEPTION",
                "FirstPublishLocationId can only be set when a file is published for the first time",
                "FirstPublishLocationId");
        }

        var document = org.Find(org.Type("ContentDocument"), documentId)!;
        var latest = org.Find(org.Type("ContentVersion"), document.Text("LatestPublishedVersionId"))!;
        org.Set(latest, "IsLatest", false);
        var number = int.Parse(latest.Text("VersionNumber")!, CultureInfo.InvariantCulture) + 1;
        org.Set(version, "VersionNumber", number.ToString(CultureInfo.InvariantCulture));
        return document;
    }

    private static void Link(Org org, Row document, string recordId)
    {
        var link = org.Add(org.Type("ContentDocumentLink"));
        org.Set(link, "ContentDocumentId", document.Id);
        org.Set(link, "LinkedEntityId", recordId);
        org.Set(link, "ShareType", "I");
    }
}
