using CrmSync.Core.Configuration;

namespace CrmSync.Alerts;

/// <summary>Section <c>Alerts</c>: when somebody should know, and where to tell. Every alert is in the log; a webhook is optional.</summary>
public sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>How often it is looked whether something is wrong. Default 1 minute.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A delivery that is due and was not taken up for this long. Default 1 hour.</summary>
    public TimeSpan WaitingOver { get; set; } = TimeSpan.FromHours(1);

    /// <summary>This many parked and failed deliveries. 0: never. Default 1.</summary>
    public int NeedsPersonFrom { get; set; } = 1;

    /// <summary>A connector in trouble for this long; told again after 1 hour and after 8. Default 5 minutes.</summary>
    public TimeSpan PausedOver { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A source that could not be read for this long. Default 15 minutes.</summary>
    public TimeSpan SourceSilentOver { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a file that came into quarantine is news. 0: never. Default 24 hours.</summary>
    public TimeSpan QuarantineFor { get; set; } = TimeSpan.FromHours(24);

    public WebhookOptions Webhook { get; set; } = new();

    public IEnumerable<Complaint> Validate()
    {
        if (Interval < TimeSpan.FromSeconds(1))
        {
            yield return new Complaint($"{Section}:{nameof(Interval)}", "is shorter than a second.", "Leave it out for 00:01:00.");
        }

        if (Webhook.Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http")))
        {
            yield return new Complaint($"{Section}:{nameof(Webhook)}:{nameof(Webhook.Url)}", "is no http address.", "Write it in full, e.g. https://alerts.example.com/crmsync.");
        }

        if (Webhook.Secret?.Reveal() is { Length: > 0 and < WebhookOptions.SecretLengthMin })
        {
            yield return new Complaint(
                $"{Section}:{nameof(Webhook)}:{nameof(Webhook.Secret)}",
                $"is shorter than {WebhookOptions.SecretLengthMin} characters.",
                "Make one with 'openssl rand -base64 32' and give it to the receiver too.");
        }
    }
}

/// <summary>Section <c>Alerts:Webhook</c>.</summary>
public sealed class WebhookOptions
{
    public const int SecretLengthMin = 24;

    /// <summary>Where alerts are posted as JSON. Default: nowhere.</summary>
    public Uri? Url { get; set; }

    /// <summary>With it each post carries a signature over its id, time and body. <c>Secret_FILE</c> names a file that holds it.</summary>
    public Secret? Secret { get; set; }
}
