using CrmSync.Scripting;

namespace CrmSync.Core.Rendering.Model;

/// <summary>
/// Every member that a template or a route condition can read, with what it is and an example. The engine reads through this map,
/// the check of templates compares with it, and a test compares docs/template-model.md with it.
/// </summary>
public static partial class NoteSchema
{
    public static ModelMap Map { get; } = Build();

    public static ModelSchema Schema { get; } = Map.Schema<NoteModel>();

    private static ModelMap Build()
    {
        var map = new ModelMap();
        map.Record<NoteModel>(Root).Record<SessionView>(Session);
        Handling(map);
        Times(map);
        Customer(map);
        Menus(map);
        People(map);
        return map;
    }

    private static void Root(RecordMap<NoteModel> record) => record
        .Member("headline", m => m.Headline, "What it was, how it ended, how long it took, the last disposition.", "Inbound call, finished after 12 min 19 s: Duplicate charge refunded")
        .Member("kind", m => m.Kind, "What it was, in words.", "Inbound call")
        .Member("ending", m => m.Ending, "`handled`, `virtual_agent_resolved`, `virtual_agent_ended`, `voicemail`, `abandoned`, `abandoned_in_menu`, `deflected`, `no_response`, `cancelled`, `failed`, `unattended` or `unfinished`.", "handled")
        .Member("ending_text", m => m.EndingText, "How it ended, in words.", "finished after 12 min 19 s")
        .Member("language", m => m.Language, "Two letters: of the words in this model.", "en")
        .Member("session", m => m.Session, "The session's facts under the keys of its file.")
        .Member("agents", m => m.Agents, "The people who handled it, in order, each once, with what they wrote. A note that the file ties to nobody is an entry of its own.")
        .Member("agent_count", m => m.AgentCount, "How many people handled it.", "2")
        .Member("virtual_agents", m => m.VirtualAgents, "The stretches of virtual agents.")
        .Member("transfers", m => m.Transfers, "The legs of transfers.")
        .Member("queues", m => m.Queues, "The waits, one for each queue.")
        .Member("times", m => m.Times, "When and how long, in words.")
        .Member("customer", m => m.Customer, "The customer.")
        .Member("csat", m => m.Csat, "The customer's answer to the survey; nothing if there is none.")
        .Member("recording", m => m.Recording, "Of calls: the customer's permission, pauses, a link if it may be shown.")
        .Member("voicemail", m => m.Voicemail, "Nothing unless the customer left a message.")
        .Member("messages", m => m.Messages, "SMS during a call.")
        .Member("wait_messages", m => m.WaitMessages, "SMS while waiting.")
        .Member("text_inputs", m => m.TextInputs, "What the customer typed when an agent asked.")
        .Member("media", m => m.Media, "What the customer sent, counted.")
        .Member("changes", m => m.Changes, "What differs from the revision delivered before; empty for a first delivery.")
        .Member("delivery", m => m.Delivery, "The delivery that the note is for.")
        .Member("file", m => m.File.Value, "The whole session file, redacted, for keys that have no member: `file.custom_data.order_no.value`.");

    private static void Handling(ModelMap map) => map
        .Record<AgentView>(r => r
            .Member("id", a => a.Id, "The agent's number.", "219")
            .Member("name", a => a.Name, "Name, or a word for agent when the file has none.", "Tomás Echeverría")
            .Member("is_known", a => a.IsKnown, "False for a note that the file ties to nobody.", "true")
            .Member("email", a => a.Email, "Mail address.", "tomas.echeverria@aldergrove.example")
            .Member("queue", a => a.Queue, "The queue it came to them by.", "Support/Billing/Billing disputes")
            .Member("disposition", a => a.Disposition, "Name of the code.", "Duplicate charge refunded")
            .Member("disposition_path", a => a.DispositionPath, "The way to the code, or the code alone.", "Billing/Charges/Duplicate charge refunded")
            .Member("custom_code", a => a.CustomCode, "Your own id of the code.", "BIL-11")
            .Member("note", a => a.Note, "What the agent wrote, as they wrote it.", "Second hold released. Refund ref RF-20931.")
            .Member("edited", a => a.Edited, "Whether the disposition was changed later.", "false")
            .Member("earlier", a => a.Earlier, "What it said before.")
            .Member("talk", a => a.Talk, "Talk or chat time, in words.", "6 min 42 s")
            .Member("talk_seconds", a => a.TalkSeconds, "The same in seconds.", "402")
            .Member("hold", a => a.Hold, "Hold, in words.", "23 s")
            .Member("hold_seconds", a => a.HoldSeconds, "The same in seconds.", "23")
            .Member("wrap_up", a => a.WrapUp, "Wrap-up, in words.", "1 min 45 s")
            .Member("wrap_up_seconds", a => a.WrapUpSeconds, "The same in seconds.", "105")
            .Member("before_call", a => a.BeforeCall, "Preview before a campaign call, in words.", "32 s")
            .Member("before_call_seconds", a => a.BeforeCallSeconds, "The same in seconds.", "32"))
        .Record<EarlierNoteView>(r => r
            .Member("disposition_path", e => e.DispositionPath, "The way to the earlier code.", "General/Wrong queue")
            .Member("note", e => e.Note, "The earlier note.", "Refund to be checked."))
        .Record<VirtualAgentView>(r => r
            .Member("name", a => a.Name, "What it calls itself, or its technical name.", "Robin")
            .Member("duration", a => a.Duration, "In words.", "2 min 36 s")
            .Member("duration_seconds", a => a.DurationSeconds, "In seconds.", "156")
            .Member("result", a => a.Result, "The platform's word.", "resolved")
            .Member("result_text", a => a.ResultText, "In words.", "handed over to an agent")
            .Member("reason", a => a.Reason, "The platform's word for why it handed over.", "by_virtual_agent")
            .Member("reason_text", a => a.ReasonText, "In words.", "the virtual agent asked for a person"))
        .Record<TransferView>(r => r
            .Member("from", t => t.From, "Who, else the queue.", "Priya Raman")
            .Member("to", t => t.To, "To whom, else the queue.", "Tomás Echeverría")
            .Member("from_queue", t => t.FromQueue, "Queue before.", "Support/Orders/Returns")
            .Member("to_queue", t => t.ToQueue, "Queue after.", "Support/Billing/Billing disputes")
            .Member("cold", t => t.Cold, "True: without a word to the next agent; false: announced; nothing: not known.", "true")
            .Member("at", t => t.At, "When, in the configured zone.", "10:08")
            .Member("wait", t => t.Wait, "Wait for the next agent, in words.", "45 s")
            .Member("wait_seconds", t => t.WaitSeconds, "The same in seconds.", "45")
            .Member("deflection", t => t.Deflection, "Where the customer was sent instead, in words.", "redirected to another queue")
            .Member("failure", t => t.Failure, "Why it failed, in words.", "nobody answered the transfer in time")
            .Member("text", t => t.Text, "From whom to whom, and how.", "Priya Raman to Tomás Echeverría (cold)"));

    private static void Times(ModelMap map) => map
        .Record<TimesView>(r => r
            .Member("when", t => t.When, "From start to end.", "Thu 5 Mar 2026, 10:02 to 10:16")
            .Member("started", t => t.Started, "The start.", "Thu 5 Mar 2026, 10:02")
            .Member("ended", t => t.Ended, "The end.", "Thu 5 Mar 2026, 10:16")
            .Member("booked", t => t.Booked, "When a scheduled session was booked.", "Sat 7 Mar 2026, 16:20")
            .Member("scheduled", t => t.Scheduled, "For when it was booked.", "Mon 9 Mar 2026, 09:30")
            .Member("zone", t => t.Zone, "The zone of all these times.", "America/Los_Angeles, UTC-8")
            .Member("duration", t => t.Duration, "As reported by the platform, in words.", "12 min 19 s")
            .Member("duration_seconds", t => t.DurationSeconds, "The same in seconds.", "739")
            .Member("wait", t => t.Wait, "Waiting in all queues, in words.", "1 min 27 s")
            .Member("wait_seconds", t => t.WaitSeconds, "The same in seconds.", "87")
            .Member("hold", t => t.Hold, "On hold, in words.", "1 min 24 s")
            .Member("hold_seconds", t => t.HoldSeconds, "The same in seconds.", "84"))
        .Record<QueueView>(r => r
            .Member("path", q => q.Path, "The queue.", "Support/Orders/Returns")
            .Member("wait", q => q.Wait, "In words.", "42 s")
            .Member("wait_seconds", q => q.WaitSeconds, "In seconds.", "42")
            .Member("in_service_level", q => q.InServiceLevel, "Whether the wait was within the target; nothing: not known.", "true")
            .Member("after_transfer", q => q.AfterTransfer, "Whether an agent sent the customer there.", "false"))
        .Record<ChangeView>(r => r
            .Member("what", c => c.What, "`ticket`, `disposition`, `note`, `rating`, `comment`, `recording` or `status`.", "rating")
            .Member("agent", c => c.Agent, "Whose note or disposition.", "Priya Raman")
            .Member("before", c => c.Before, "Nothing: it is new.", "3")
            .Member("after", c => c.After, "Nothing: it is gone.", "4")
            .Member("text", c => c.Text, "In words.", "Customer's rating: 4 (was 3)"))
        .Record<DeliveryView>(r => r
            .Member("connector", d => d.Connector, "As configured.", "salesforce-eu")
            .Member("revision", d => d.Revision, "Counted from 1 within the session.", "1")
            .Member("marker", d => d.Marker, "Lets CrmSync find its own note again.", "9f86d081884c")
            .Member("file_name", d => d.FileName, "The attached file; nothing when none is.", "call-48211-9f86d081884c.json"));

    private static void Customer(ModelMap map) => map
        .Record<CustomerView>(r => r
            .Member("identifier", c => c.Identifier, "A telephone number, a mail address or an app's user id.", "+12025550147")
            .Member("phone", c => c.Phone, "Telephone number.", "+12025550147")
            .Member("contact_id", c => c.ContactId, "The contact in the CRM.", "003Hs00002aLmXbIAK")
            .Member("verified", c => c.Verified, "Whether the identity was verified; nothing: not known.", "true"))
        .Record<CsatView>(r => r
            .Member("rating", c => c.Rating, "Without a scale: it is the contact centre's.", "4")
            .Member("comment", c => c.Comment, "The customer's words.", "Sorted in the end, but I had to explain it twice."))
        .Record<RecordingView>(r => r
            .Member("state", v => v.State, "`granted`, `denied`, `not_asked` or `other`.", "granted")
            .Member("text", v => v.Text, "In words.", "permission granted, paused for 42 s")
            .Member("link", v => v.Link, "Only with permission, https, and a host of `Notes:RecordingHosts`. It may need a login.", "https://storage.example.com/recordings/call-48211.mp3")
            .Member("parts", v => v.Parts, "How many recordings.", "1")
            .Member("paused", v => v.Paused, "All pauses together, in words.", "42 s")
            .Member("paused_seconds", v => v.PausedSeconds, "The same in seconds.", "42")
            .Member("pauses", v => v.Pauses, "The pauses."))
        .Record<PauseView>(r => r
            .Member("from", p => p.From, "In the configured zone.", "10:05")
            .Member("to", p => p.To, "In the configured zone.", "10:05")
            .Member("duration", p => p.Duration, "In words.", "42 s"))
        .Record<VoicemailView>(r => r
            .Member("reason", v => v.Reason, "Why it went to voicemail.", "over capacity")
            .Member("link", v => v.Link, "Like that of a recording; shown unless permission was denied.", "https://storage.example.com/voicemails/call-48252.mp3"))
        .Record<MessageView>(r => r
            .Member("at", m => m.At, "When, in the configured zone.", "15:25")
            .Member("from", m => m.From, "Who wrote it, in words.", "Agent")
            .Member("text", m => m.Text, "The message.", "Here is the fitting guide."))
        .Record<TextInputView>(r => r
            .Member("label", i => i.Label, "What was asked for.", "Serial number")
            .Member("text", i => i.Text, "What was typed.", "AL-77/93"))
        .Record<MediaView>(r => r
            .Member("text", m => m.Text, "In words.", "1 photo, 2 videos")
            .Member("count", m => m.Count, "All together.", "3")
            .Member("photos", m => m.Photos, "Photos.", "1")
            .Member("screenshots", m => m.Screenshots, "Screenshots.", "1")
            .Member("videos", m => m.Videos, "Videos.", "1"));
}
