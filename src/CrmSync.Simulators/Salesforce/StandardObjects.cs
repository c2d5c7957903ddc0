using static CrmSync.Simulators.Salesforce.FieldKind;

namespace CrmSync.Simulators.Salesforce;

/// <summary>The objects of the org: the standard ones as far as a contact-centre integration meets them, and the ledger of the package.</summary>
internal static class StandardObjects
{
    public const string Ledger = "CrmSync_Delivery__c";

    public static IReadOnlyDictionary<string, SObjectType> All(OrgOptions options)
    {
        IEnumerable<SObjectType> types =
        [
            .. People(),
            Case(options.Package),
            .. Activities(),
            .. Files(),
            .. options.EmailToCase ? [Mail()] : Array.Empty<SObjectType>(),
            .. options.Package ? [LedgerObject(options.UniqueKeys)] : Array.Empty<SObjectType>(),
        ];
        return types.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<SObjectType> People() =>
    [
        new("Organization", "00D", Text("Name", 80), new("IsSandbox", FieldKind.Boolean), Text("InstanceName", 5), Text("OrganizationType", 40), Text("NamespacePrefix", 15)),
        new("User", "005", Text("Username", 80), Text("Name", 121), Text("Email", 128), new("IsActive", FieldKind.Boolean) { Default = true }),
        new("AssignmentRule", "01Q", Text("Name", 120), Text("SobjectType", 40), new("Active", FieldKind.Boolean) { Default = false }),
        new("Account", "001", Text("Name", 255) with { Required = true }, Text("AccountNumber", 40), Text("Phone", 40), Text("Website", 255), Owner()),
        new("Contact", "003", Text("LastName", 80) with { Required = true }, Text("FirstName", 40), Text("Email", 80), Text("Phone", 40), Text("MobilePhone", 40), Text("HomePhone", 40), Text("OtherPhone", 40), Reference("AccountId", "Account", "Account"), Owner()),
        new("Lead", "00Q", Text("LastName", 80) with { Required = true }, Text("Company", 255) with { Required = true }, Text("Email", 80), Text("Phone", 40), Owner()),
    ];

    private static SObjectType Case(bool package) => new(
        "Case",
        "500",
        [
            new Field("CaseNumber", AutoNumber, 30) { IdLookup = true }.ReadOnly(),
            Text("Subject", 255),
            new("Description", TextArea, 32_000),
            Picklist("Status", "New", "Working", "Escalated", "Closed", "Merged") with { Default = "New" },
            Picklist("Origin", "Phone", "Email", "Web", "Chat"),
            Picklist("Priority", "High", "Medium", "Low") with { Default = "Medium" },
            Picklist("Reason", "Billing", "Installation", "Other"),
            new Field("IsClosed", FieldKind.Boolean) { Default = false }.ReadOnly(),
            Owner(),
            Reference("ContactId", "Contact", "Contact"),
            Reference("AccountId", "Account", "Account"),
            Reference("ParentId", "Case", "Parent"),
            Reference("MasterRecordId", "Case", "MasterRecord").ReadOnly(),
            Text("SuppliedPhone", 40),
            Text("SuppliedEmail", 80),
            Picklist("Severity__c", "High", "Low") with { Restricted = true },
            new("Comments", TextArea, 4_000) { CountsBytes = true },
            .. package
                ? [Text("CrmSync_Disposition__c", 255), Text("CrmSync_Last_Session__c", 80), new("CrmSync_Last_Contact_At__c", FieldKind.DateTime)]
                : Array.Empty<Field>(),
        ]);

    private static IEnumerable<SObjectType> Activities() =>
    [
        new(
            "CaseComment",
            "00a",
            Reference("ParentId", "Case", "Parent") with { Required = true, Updateable = false },
            new("CommentBody", TextArea, 4_000) { CountsBytes = true },
            new("IsPublished", FieldKind.Boolean) { Default = false },
            new("IsNotificationSelected", FieldKind.Boolean) { Default = false }),
        new(
            "Task",
            "00T",
            Text("Subject", 255),
            new("Description", TextArea, 32_000),
            Picklist("Status", "Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred") with { Default = "Not Started" },
            Picklist("Priority", "High", "Normal", "Low") with { Default = "Normal" },
            Picklist("TaskSubtype", "Task", "Email", "Call"),
            new("ActivityDate", FieldKind.Date),
            new("WhatId", FieldKind.Reference, 18) { Relationship = "What" },
            new("WhoId", FieldKind.Reference, 18) { ReferenceTo = ["Contact", "Lead"], Relationship = "Who" },
            new("CallDurationInSeconds", Number),
            Text("CallType", 40),
            Text("CallDisposition", 255),
            Text("CallObject", 255),
            Owner()),
        new(
            "FeedItem",
            "0D5",
            new("ParentId", FieldKind.Reference, 18) { Required = true, Updateable = false, Relationship = "Parent" },
            new("Body", TextArea, 10_000),
            Picklist("Visibility", "AllUsers", "InternalUsers") with { Default = "AllUsers" }),
    ];

    // What Email-to-Case makes of a mail.
    private static SObjectType Mail() => new(
        "EmailMessage",
        "02s",
        Reference("ParentId", "Case", "Parent"),
        Text("MessageIdentifier", 765),
        Text("Subject", 3_000),
        new("TextBody", TextArea, 131_072),
        Text("FromAddress", 1_000),
        new("Incoming", FieldKind.Boolean) { Default = false });

    private static IEnumerable<SObjectType> Files() =>
    [
        new(
            "ContentVersion",
            "068",
            Text("Title", 255),
            Text("PathOnClient", 500) with { Required = true, Updateable = false },
            new("VersionData", Base64) { Updateable = false },
            new("FirstPublishLocationId", FieldKind.Reference, 18) { Updateable = false },
            Reference("ContentDocumentId", "ContentDocument", "ContentDocument") with { Updateable = false },
            Text("ReasonForChange", 1_000),
            Text("Description", 1_000),
            Text("Checksum", 50).ReadOnly(),
            new Field("ContentSize", Number).ReadOnly(),
            Text("FileExtension", 40).ReadOnly(),
            Text("FileType", 20).ReadOnly(),
            Text("VersionNumber", 20).ReadOnly(),
            new Field("IsLatest", FieldKind.Boolean).ReadOnly()),
        new(
            "ContentDocument",
            "069",
            Text("Title", 255) with { Createable = false },
            Reference("LatestPublishedVersionId", "ContentVersion", "LatestPublishedVersion").ReadOnly(),
            Text("FileExtension", 40).ReadOnly(),
            new Field("ContentSize", Number).ReadOnly()),
        new(
            "ContentDocumentLink",
            "06A",
            Reference("ContentDocumentId", "ContentDocument", "ContentDocument") with { Required = true, Updateable = false },
            new("LinkedEntityId", FieldKind.Reference, 18) { Required = true, Updateable = false, Relationship = "LinkedEntity" },
            Picklist("ShareType", "V", "C", "I") with { Default = "I", Restricted = true },
            Picklist("Visibility", "AllUsers", "InternalUsers", "SharedUsers") with { Default = "AllUsers", Restricted = true }),
    ];

    // The same fields as salesforce/force-app/main/default/objects/CrmSync_Delivery__c.
    private static SObjectType LedgerObject(bool unique) => new(
        Ledger,
        "a01",
        new Field("Name", AutoNumber, 80).ReadOnly(),
        Text("Key__c", 120) with { Required = true, Unique = unique, ExternalId = true, IdLookup = true, Updateable = false },
        Text("Record_Id__c", 18),
        Reference("Case__c", "Case", "Case__r"),
        Text("Session_Id__c", 120),
        Text("Channel__c", 20),
        Text("Disposition__c", 255),
        Text("Payload_Hash__c", 64),
        Text("Content_Version_Id__c", 18),
        Text("Content_Document_Id__c", 18),
        Text("Note_Id__c", 18),
        new("Delivered_At__c", FieldKind.DateTime));

    private static Field Text(string name, int length) => new(name, FieldKind.Text, length);

    private static Field Owner() => new("OwnerId", FieldKind.Reference, 18) { Relationship = "Owner" };

    private static Field Reference(string name, string to, string relationship) =>
        new(name, FieldKind.Reference, 18) { ReferenceTo = [to], Relationship = relationship };

    private static Field Picklist(string name, params string[] values) => new(name, FieldKind.Picklist, 255) { Values = values };
}
