using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.ApiDocs;

/// <summary>The routes of the API as a plain list, made of the same descriptions as the document for programs.</summary>
public static partial class ApiPage
{
    public static void Map(WebRoutes routes) => routes.PublicPages.MapGet("/api", Show);

    private static IResult Show(IApiDescriptionGroupCollectionProvider provider) => Answer.Page<ApiView>(new
    {
        Model = provider.ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .Where(route => route.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true)
            .GroupBy(route => route.RelativePath!.Split('/')[2].Split('?')[0], StringComparer.Ordinal)
            .OrderBy(resource => resource.Key, StringComparer.Ordinal)
            .Select(resource => new ApiView.Resource(resource.Key, [.. resource
                .Select(route => new ApiView.Line(route.HttpMethod ?? "GET", "/" + Constraint().Replace(route.RelativePath!, "")))
                // A route that takes JSON or a form is one line.
                .Distinct()
                .OrderBy(line => line.Path, StringComparer.Ordinal).ThenBy(line => line.Method, StringComparer.Ordinal)]))
            .ToList(),
    });

    // {row:long} is {row} to whoever calls it.
    [GeneratedRegex(@":[^{}/]+(?=\})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
