using CrmSync.Console.Texts;
using CrmSync.Console.Views;
using CrmSync.Core.Deliveries;
using CrmSync.Settings;
using Microsoft.AspNetCore.Components;

namespace CrmSync.Console.Pages;

public partial class Connector
{
    private IConnector? _connector;
    private ConnectorCard? _card;
    private CheckReport? _report;
    private Said? _said;
    private string _why = "";
    private bool _looked;

    [Inject]
    private ConnectorDesk Desk { get; set; } = null!;

    [Inject]
    private OverviewDesk Overview { get; set; } = null!;

    [Inject]
    private ConsoleActions Actions { get; set; } = null!;

    [Parameter]
    public string Name { get; set; } = "";

    protected override async Task OnParametersSetAsync()
    {
        _connector = Desk.Find(Name);
        await LoadAsync(Gone);
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        _card = (await Overview.LoadAsync(OverviewRange.All[0], Say, cancel)).Connectors.FirstOrDefault(card => card.Name == _connector?.Name);
        _looked = true;
        StateHasChanged();
    }

    private async Task PauseAsync()
    {
        _said = await Actions.PauseAsync(_connector!.Name, _why, Gone);
        _why = "";
        await LoadAsync(Gone);
    }

    private async Task ResumeAsync()
    {
        _said = await Actions.ResumeAsync(_connector!.Name, Gone);
        await LoadAsync(Gone);
    }

    private async Task CheckAsync() => _report = await Actions.CheckAsync(_connector!, Gone);

    private string OriginOf(SettingOrigin? origin) => Say[origin switch
    {
        SettingOrigin.Environment => ConnectorTexts.FromEnvironment,
        SettingOrigin.SecretFile => ConnectorTexts.FromSecretFile,
        _ => ConnectorTexts.FromFile,
    }];

    private static Text TierOf(DedupeTier tier) => tier switch
    {
        DedupeTier.UniqueKey => ConnectorTexts.TierUniqueKey,
        DedupeTier.CompareAndSet => ConnectorTexts.TierCompare,
        DedupeTier.ReadableMarker => ConnectorTexts.TierMarker,
        _ => ConnectorTexts.TierNone,
    };
}
