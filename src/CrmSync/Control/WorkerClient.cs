using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Alerts;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;
using CrmSync.Ledger;

namespace CrmSync.Control;

/// <summary>The ledger of a running worker, over its control API. One method per endpoint.</summary>
internal sealed class WorkerClient(HttpClient http) : ILedgerReading, ILedgerActions
{
    public Task<LedgerSummary> SummarizeAsync(CancellationToken cancel) => GetAsync("summary", ControlJson.Default.LedgerSummary, cancel);

    public async Task<SessionHistory?> HistoryAsync(SessionKey session, CancellationToken cancel)
    {
        using var response = await http.GetAsync(Path($"history?session={Uri.EscapeDataString(session.ToString())}"), cancel);
        return response.StatusCode is HttpStatusCode.NotFound
            ? null
            : await ReadAsync(response, ControlJson.Default.SessionHistory, cancel);
    }

    public Task<IReadOnlyList<SessionKey>> SearchAsync(string text, int most, CancellationToken cancel) =>
        GetAsync($"search?text={Uri.EscapeDataString(text)}&most={most}", ControlJson.Default.IReadOnlyListSessionKey, cancel);

    public Task<IReadOnlyList<Delivery>> ListAsync(DeliveryFilter filter, int skip, int take, CancellationToken cancel) => PostAsync(
        "deliveries", new ListRequest(filter, skip, take), ControlJson.Default.ListRequest, ControlJson.Default.IReadOnlyListDelivery, cancel);

    public Task<IReadOnlyList<QuarantinedFile>> ListQuarantinedAsync(int skip, int take, CancellationToken cancel) =>
        GetAsync($"quarantine?skip={skip}&take={take}", ControlJson.Default.IReadOnlyListQuarantinedFile, cancel);

    public Task<int> RetryAsync(DeliveryFilter which, Actor actor, CancellationToken cancel) => ActAsync(PersonActions.Retry, which, actor, cancel);

    public Task<int> ParkAsync(DeliveryFilter which, Actor actor, CancellationToken cancel) => ActAsync(PersonActions.Park, which, actor, cancel);

    public Task<int> CancelAsync(DeliveryFilter which, Actor actor, CancellationToken cancel) => ActAsync(PersonActions.Cancel, which, actor, cancel);

    public Task<IReadOnlyList<Alert>> AlertsAsync(CancellationToken cancel) => GetAsync("alerts", ControlJson.Default.IReadOnlyListAlert, cancel);

    public Task<int> SetTicketAsync(DeliveryFilter which, string ticket, Actor actor, CancellationToken cancel) =>
        ActAsync(PersonActions.Ticket, which, actor, cancel, ticket);

    public Task<LedgerCheckup> CheckUpAsync(CancellationToken cancel) => GetAsync("ledger/check", ControlJson.Default.LedgerCheckup, cancel);

    /// <param name="path">Absolute; the worker's user writes it.</param>
    public Task BackUpAsync(string path, CancellationToken cancel) => PostAsync(
        "ledger/backup", new BackUpRequest(path), ControlJson.Default.BackUpRequest, ControlJson.Default.BackUpRequest, cancel);

    public Task<SendAnswer> SendAsync(SendRequest request, CancellationToken cancel) =>
        PostAsync("files", request, ControlJson.Default.SendRequest, ControlJson.Default.SendAnswer, cancel);

    /// <summary>True when the worker says it can work; false when it answers that it cannot.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        using var response = await http.GetAsync(new Uri("readyz", UriKind.Relative), cancel);
        return response.IsSuccessStatusCode;
    }

    public static void Address(HttpClient http, ControlFile control)
    {
        http.BaseAddress = new Uri(control.Url.TrimEnd('/') + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", control.Token);
    }

    private async Task<int> ActAsync(string verb, DeliveryFilter which, Actor actor, CancellationToken cancel, string? ticket = null)
    {
        var request = new ActionRequest(verb, which, actor.Name, ticket);
        return (await PostAsync("actions", request, ControlJson.Default.ActionRequest, ControlJson.Default.ActionAnswer, cancel)).Changed;
    }

    private async Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> type, CancellationToken cancel)
    {
        using var response = await http.GetAsync(Path(path), cancel);
        return await ReadAsync(response, type, cancel);
    }

    private async Task<TAnswer> PostAsync<TRequest, TAnswer>(
        string path, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync(Path(path), request, requestType, cancel);
        return await ReadAsync(response, answerType, cancel);
    }

    private static async Task<TAnswer> ReadAsync<TAnswer>(HttpResponseMessage response, JsonTypeInfo<TAnswer> type, CancellationToken cancel) =>
        response.StatusCode is HttpStatusCode.Conflict
            ? throw new LedgerException(await response.Content.ReadAsStringAsync(cancel))
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(type, cancel)
            ?? throw new HttpRequestException("The worker gave an empty answer.");

    private static Uri Path(string path) => new(ControlEndpoints.Prefix.TrimStart('/') + "/" + path, UriKind.Relative);
}
