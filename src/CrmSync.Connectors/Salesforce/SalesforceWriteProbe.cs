using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Rendering;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>
/// Writes on one record everything a delivery writes, in a transaction whose last step cannot succeed: Salesforce takes all of it back. Each
/// right, trigger and required field is tried, and nothing stays.
/// </summary>
internal sealed class SalesforceWriteProbe(
    string connector, SalesforceOptions options, SalesforceClient client, SalesforceNodes nodes, SalesforceResolver resolver, TimeProvider clock)
{
    private const string Subject = "Write test";
    private const string Never = "never";

    /// <summary>A Case that no org has.</summary>
    private const string NobodysCase = "500000000000000AAA";

    /// <summary>Null when no record was named for it.</summary>
    public async Task<CheckFinding?> RunAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(options.CheckRecord))
        {
            return null;
        }

        var shipment = Shipment(options.CheckRecord);
        return (await resolver.ResolveAsync([shipment], cancel))[0] switch
        {
            Resolution.Found(var ticket) => await WriteAsync(shipment, ticket, cancel),
            Resolution.Gone(var fault) => new(CheckLevel.Problem, Subject, fault.Message, "Set CheckRecord to a Case that the user may edit."),
            Resolution.Failed(var outcome) => new(CheckLevel.Warning, Subject, Words(outcome)),
            var other => new(CheckLevel.Problem, Subject, $"CheckRecord could not be looked up ({other.GetType().Name}).", "Set CheckRecord to the id of a Case."),
        };
    }

    private async Task<CheckFinding> WriteAsync(Shipment shipment, TicketRef ticket, CancellationToken cancel)
    {
        var last = new Node("GET", $"{nodes.Root}sobjects/Case/{NobodysCase}", Never);
        var (answer, trouble) = await client.CompositeAsync(
            new CompositeRequest(AllOrNone: true, [.. nodes.Of(new SalesforceDraft(Parcel(shipment, ticket), ticket)), last]), cancel);
        if (trouble is not null)
        {
            return new(CheckLevel.Warning, Subject, Words(SalesforceFaults.ToOutcome(trouble)));
        }

        return NodeAnswer.Culprit(answer?.Nodes ?? []) switch
        {
            { ReferenceId: Never } => new(CheckLevel.Ok, Subject, $"Note, file{(options.UsesPackage ? " and delivery row" : string.Empty)} were written on {ticket.RecordType} {ticket.RecordId} and taken back."),
            { Error: { } error } culprit => new(
                CheckLevel.Problem,
                Subject,
                $"{Written(culprit.ReferenceId)} cannot be written on {ticket.RecordType} {ticket.RecordId}: {Words(SalesforceFaults.ToOutcome(error))} ({error.Code})",
                "Give the user the right that is missing, or see which trigger, flow or required field of yours refuses it; nothing was left behind."),
            _ => new(CheckLevel.Warning, Subject, "Salesforce did not say what became of it; see whether a test note is on the record."),
        };
    }

    private static string Written(string reference) => reference switch
    {
        SalesforceNodes.Lock => "The delivery row",
        SalesforceNodes.Note => "The note",
        _ => "The file",
    };

    private static string Words(Outcome outcome) => outcome switch
    {
        Outcome.Deferred(var fault, _, _) => fault.Message,
        Outcome.InDoubt(var fault) => fault.Message,
        Outcome.Halted(var fault, _) => fault.Message,
        Outcome.Refused(var fault) => fault.Message,
        var other => throw new InvalidOperationException($"No sentence for {other.GetType().Name}."),
    };

    // A session of an instance that no configuration has, so that its key collides with none.
    private Shipment Shipment(string record)
    {
        var now = clock.GetUtcNow();
        var file = new JsonObject { ["id"] = now.ToUnixTimeMilliseconds(), ["call_type"] = "IVR", ["status"] = "finished", ["out_ticket_id"] = record };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(file, SalesforceJson.Wire.JsonObject);
        var session = SessionReader.Read(bytes, new ReaderOptions { Instance = "crmsync-check" }) is ReadResult.Session(var read)
            ? read
            : throw new InvalidOperationException("The test session cannot be read.");
        var key = DeliveryKey.For(connector, session.Key, new string('0', 64));
        return new Shipment(new Delivery(0, session.Key, 1, connector, key, DeliveryState.Sending, now, now), session);
    }

    private static Parcel Parcel(Shipment shipment, TicketRef ticket)
    {
        const string Text = "CrmSync connection test";
        var note = new Note(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [SalesforceNotes.CommentPart] = Text,
                [SalesforceNotes.TaskPart] = Text,
                [SalesforceNotes.SubjectPart] = Text,
            },
            "en");
        return new Parcel(shipment, ticket, note, new Attachment("crmsync-connection-test.json", "application/json", shipment.Session.Bytes));
    }
}
