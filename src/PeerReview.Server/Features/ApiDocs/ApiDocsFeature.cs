using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.ApiDocs;

/// <summary>What the API offers: OpenAPI 3.1 at <c>/openapi/v1.json</c> for programs, a list at <c>/api</c> for people.</summary>
public static class ApiDocsFeature
{
    private const string Document = "v1";
    private const string Scheme = "token";

    /// <summary>What the document is made by.</summary>
    public static void AddApiDocs(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = route => route.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
    });

    /// <summary>The routes.</summary>
    public static void Map(WebApplication app, WebRoutes routes)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        ApiPage.Map(routes);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info.Title = "PeerReview";
        document.Info.Version = Document;
        document.Info.Description =
            "Everything a page does. Refusals are problem documents (RFC 9457) whose code is stable; Idempotency-Key makes a "
            + "request safe to send again; lists answer items and next.";
        // Whoever fetched this knows the address; the request's own could be forged.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token from the page \"My account\".",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
