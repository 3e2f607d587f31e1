using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PeerReview.Server.Features.Accounts;
using PeerReview.Server.Features.Help;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Testing;

namespace PeerReview.Server.Tests.Web;

/// <summary>The web side alone, over real HTTP and a real database: accounts, help, and whatever routes a test maps.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestSite(WebApplication app, TestDatabase data, HandTime time) => (_app, Data, Time) = (app, data, time);

    /// <summary>The database under it.</summary>
    public TestDatabase Data { get; }

    /// <summary>Real time, as far as the program knows.</summary>
    public HandTime Time { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => Services.GetRequiredService<Site>().Address;

    public static async Task<TestSite> StartAsync(Action<WebRoutes>? map = null)
    {
        var data = await TestDatabase.CreateAsync();
        var time = new HandTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(data.Database);
        builder.Services.AddSingleton(await Definitions.LoadAsync(data.Database, ProgramFiles.Workflows, CancellationToken.None));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddWeb(strictTexts: true);
        builder.Services.AddAccounts();
        var app = builder.Build();
        var routes = app.UseWeb();
        HelpPages.Map(routes);
        AccountRoutes.Map(routes);
        map?.Invoke(routes);
        await app.StartAsync();
        app.Services.GetRequiredService<Site>().Address = new Uri(app.Urls.First());
        return new TestSite(app, data, time);
    }

    /// <summary>A browser with its own cookies; it does not follow redirects by itself.</summary>
    public Browser Browse() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Data.DisposeAsync();
    }
}
