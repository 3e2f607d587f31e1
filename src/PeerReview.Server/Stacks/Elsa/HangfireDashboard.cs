using Hangfire;
using Hangfire.Dashboard;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Hangfire's own page of its queues, jobs, failures and retries. Operators may repeat and delete jobs, auditors
/// look.</summary>
internal static class HangfireDashboard
{
    public const string Address = "/operations/hangfire";

    // Its pages colour states and bars by style attributes written into the page. Nothing else is let in: its scripts and style
    // sheets come from here, and without "unsafe-inline" for elements and scripts an injected tag stays without effect. The
    // style element its charts would add stays out too, as the browser's console tells; they draw without it.
    private const string ContentPolicy = ResponseRules.ContentPolicy + "; style-src-attr 'unsafe-inline'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var store = routes.ServiceProvider.GetRequiredService<HangfireStore>();
        var options = new DashboardOptions
        {
            AppPath = "/operations",
            DashboardTitle = "Hangfire",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = (_, job) => string.Join(' ', job.Args.OfType<string>()),
            IsReadOnlyFunc = context => !Access.MayAnywhere(context.GetHttpContext().Caller().Actor, ProgrammeAct.Operate),
            // Who gets here at all is decided by the routes.
            Authorization = [],
        };
        var pages = routes.CreateApplicationBuilder();
        pages.UsePathBase(Address);
        pages.Use(next => async context =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            // A program without a rhythm shows them too.
            await store.MakeAsync(context.RequestAborted);
            await next(context);
        });
        pages.UseMiddleware<AspNetCoreDashboardMiddleware>(store.Storage, options, DashboardRoutes.Routes, true);
        routes.Map(Address + "/{**path}", pages.Build());
    }
}
