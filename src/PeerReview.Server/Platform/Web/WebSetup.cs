using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Web;

/// <summary>Puts the web side together: <see cref="AddWeb"/> for services, <see cref="UseWeb"/> for the way of a request,
/// which answers the groups features map their routes into.</summary>
public static partial class WebSetup
{
    /// <summary>Adds the services. Needs <see cref="Database"/> and a <see cref="TimeProvider"/> to be there.</summary>
    /// <param name="strictTexts">Whether a missing text throws (tests) or is logged and shown as its key.</param>
    public static IServiceCollection AddWeb(this IServiceCollection services, bool strictTexts = false)
    {
        services.AddSingleton(_ => StateNames.Load(ProgramFiles.States));
        services.AddSingleton(_ =>
        {
            using var file = new StreamReader(ProgramFiles.TranslationChecks);
            return TranslationChecks.Load(file);
        });
        services.AddSingleton(provider => TextCatalogue.Load(
            provider.GetRequiredService<StateNames>(),
            MissingText(strictTexts, provider.GetRequiredService<ILoggerFactory>().CreateLogger<TextCatalogue>())));
        services.AddSingleton(provider => new Site(provider.GetRequiredService<IConfiguration>()[Site.Variable]));
        services.AddSingleton(_ => Assets.Load(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        services.AddSingleton<Navigation>();
        services.AddSingleton<Identification>();
        services.AddSingleton<DraftStore>();
        services.AddHttpContextAccessor();
        services.AddCascadingValue(provider => Current(provider).Visit());
        // Pages are UTF-8: letters of every script stand as they are, at a third of the weight of their numbers.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection();
        // It warns that keys are not encrypted where they lie; SharedKeys says why that is so.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, SharedKeys>();
        services.AddExceptionHandler<Failures>();
        services.ConfigureHttpJsonOptions(json => JsonRules.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<FormOptions>(forms =>
        {
            forms.MultipartBodyLengthLimit = JsonRules.FileLimit + JsonRules.BodyLimit;
            forms.ValueLengthLimit = (int)JsonRules.BodyLimit;
            forms.ValueCountLimit = 2_000;
        });
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // BodyLimits says how much each route takes, with words that reach the sender.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        services.AddResponseCompression(compression =>
        {
            // Antiforgery tokens differ on every page and no secret of ours stands beside text a stranger chose.
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
        });
        return services;
    }

    /// <summary>Adds the way of a request and answers the groups to map routes into.</summary>
    public static WebRoutes UseWeb(this WebApplication app)
    {
        app.UseResponseCompression();
        app.Use(next => context => ResponseRules.ApplyAsync(context, next));
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // Failures answers everything; this is for the case that its own page breaks.
            ExceptionHandler = context => context.Response.WriteAsync("Something broke on our side.", context.RequestAborted),
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePages(Failures.AnswerStatusAsync);
        app.Use(next => context => RefuseNulAsync(context, next));
        app.UseRouting();
        app.Use(next => context => BodyLimits.ApplyAsync(context, next));
        app.Use(next => context => IdentifyAsync(context, next));
        app.UseAntiforgery();
        app.Services.GetRequiredService<Assets>().Map(app);
        return WebRoutes.Of(app);
    }

    // PostgreSQL stores no NUL; bodies and forms are read with the same rule, and a path with one does not get this far.
    private static Task RefuseNulAsync(HttpContext context, RequestDelegate next) =>
        context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? Failures.AnswerAsync(context, new Core.Refusal("request.malformed", Core.RefusalKind.Invalid), StatusCodes.Status400BadRequest)
            : next(context);

    private static async Task IdentifyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Unidentified>() is null)
            context.SetCaller(await context.RequestServices.GetRequiredService<Identification>().OfAsync(context));
        await next(context);
    }

    private static HttpContext Current(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext
        ?? throw new InvalidOperationException("A page is drawn outside a request.");

    private static Action<string, string> MissingText(bool strict, ILogger log) => strict
        ? (language, key) => throw new InvalidOperationException($"The text '{key}' is missing in '{language}'.")
        : (language, key) => TextMissing(log, key, language);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The text {Key} is missing in {Language}")]
    private static partial void TextMissing(ILogger log, string key, string language);
}
