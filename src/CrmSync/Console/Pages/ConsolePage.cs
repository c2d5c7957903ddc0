using CrmSync.Console.Access;
using CrmSync.Console.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CrmSync.Console.Pages;

/// <summary>What the pages have in common: who looks, and when they have left.</summary>
public abstract class ConsolePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    protected ConsolePage() => Gone = _gone.Token;

    [CascadingParameter]
    public Task<AuthenticationState>? Auth { get; set; }

    /// <summary>Ends what is being loaded when somebody leaves the page; may still be asked after that.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>What the person may see.</summary>
    protected Privacy Privacy { get; private set; } = new(MaySee: false);

    protected override async Task OnInitializedAsync() =>
        Privacy = new Privacy(Auth is not null && (await Auth).User.MaySeePersonal());

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_gone.IsCancellationRequested)
        {
            _gone.Cancel();
            _gone.Dispose();
        }
    }
}
