using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Deliveries;

namespace CrmSync.Cli;

/// <summary>States and times in the words a person uses.</summary>
internal static class Words
{
    public static string State(Delivery delivery, DateTimeOffset now) => delivery.State switch
    {
        DeliveryState.Ready when delivery.DueAt > now => delivery.Attempts == 0 && delivery.Fault is null ? "settling" : "waiting",
        DeliveryState.Ready => "due",
        DeliveryState.Resolving => "being prepared",
        DeliveryState.Sending => "being sent",
        DeliveryState.InDoubt => "in doubt",
        DeliveryState.Probing => "being looked for in the CRM",
        _ => delivery.State.ToString().ToLowerInvariant(),
    };

    /// <summary>Why it is there and what happens next, in one or two sentences.</summary>
    public static string Next(Delivery delivery, DateTimeOffset now) => delivery.State switch
    {
        DeliveryState.Ready when delivery.Fault is { } fault => $"{fault.Message} Tried again {At(delivery.DueAt, now)}.",
        DeliveryState.Ready => delivery.DueAt > now ? $"Waits for the file to settle; due {At(delivery.DueAt, now)}." : "Goes with the next round.",
        DeliveryState.InDoubt => $"{delivery.Fault?.Message} The CRM is asked {At(delivery.DueAt, now)} whether it arrived.",
        DeliveryState.Delivered => delivery.Receipt is { Confirmed: false } ? "Accepted by the mail server; not confirmed by the CRM." : "On the record.",
        _ when delivery.Fault is { } fault => $"{fault.Message} {fault.Reason.WhatToDo}",
        _ => "Under way.",
    };

    /// <summary>What the CRM, or the mail server, gave back.</summary>
    public static string Receipt(Receipt receipt)
    {
        var link = receipt.Url is null ? string.Empty : $", {receipt.Url}";
        return receipt.Confirmed
            ? $"Record {receipt.RecordId}, note {receipt.NoteId ?? "unknown"}, file {receipt.FileId ?? "unknown"}{link}"
            : $"Mail {receipt.NoteId} for {receipt.RecordId}; the mail server said: {receipt.FileId ?? "nothing that was kept"}{link}";
    }

    public static string At(DateTimeOffset? instant, DateTimeOffset now)
    {
        if (instant is not { } at)
        {
            return "never";
        }

        var clock = at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var distance = at - now;
        return distance.Duration() < TimeSpan.FromSeconds(1) ? $"now ({clock})"
            : distance > TimeSpan.Zero ? $"in {Long(distance)} ({clock})"
            : $"{Long(-distance)} ago ({clock})";
    }

    public static string Long(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
    };

    public static string Reason(Fault? fault) => fault is null ? string.Empty : fault.Reason.Code;

    public static string Count(long count, string noun)
    {
        var many = noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s";
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : many)}");
    }
}
