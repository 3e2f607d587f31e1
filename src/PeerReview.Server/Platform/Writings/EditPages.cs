using Microsoft.AspNetCore.Components;
using PeerReview.Core;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Writings;

/// <summary>The addresses of the pages on which texts with fields of their own are written.</summary>
/// <remarks>No handler has a parameter of the type of the text: only then is it bound when the program is built.</remarks>
public static class EditPages
{
    /// <summary>Pages of a collection, such as <c>commitments</c>.</summary>
    public static void Map<T, TView>(WebRoutes routes, string collection)
        where T : class
        where TView : IComponent
    {
        var path = "/reviews/{review:guid}/" + collection;
        var page = routes.Service<EditPage<T>>();
        routes.Pages.MapGet(path + "/new", (Guid review, string? from, Visit visit, CancellationToken cancel) =>
            page.BeginAsync<TView>(new ReviewId(review), from ?? "", visit, cancel));
        routes.Pages.MapPost(path + "/new", (Guid review, Visit visit, Form form, CancellationToken cancel) =>
            page.SaveAsync<TView>(new ReviewId(review), null, visit, form, cancel));
        routes.Pages.MapGet(path + "/{id}", (Guid review, string id, Visit visit, CancellationToken cancel) =>
            page.OpenAsync<TView>(new ReviewId(review), id, visit, cancel));
        routes.Pages.MapPost(path + "/{id}", (Guid review, string id, Visit visit, Form form, CancellationToken cancel) =>
            page.SaveAsync<TView>(new ReviewId(review), id, visit, form, cancel));
        routes.Pages.MapGet(path + "/{id}/withdraw", (Guid review, string id, Visit visit, CancellationToken cancel) =>
            page.AskAsync(new ReviewId(review), id, collection, visit, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path + "/{id}/withdraw", (Guid review, string id, Visit visit, Form form, CancellationToken cancel) =>
            page.WithdrawAsync(new ReviewId(review), id, collection, visit, form, cancel));
    }

    /// <summary>The page of a text of which there is one.</summary>
    public static void MapOnly<T, TView>(WebRoutes routes, string name)
        where T : class
        where TView : IComponent
    {
        var path = "/reviews/{review:guid}/" + name;
        var page = routes.Service<EditPage<T>>();
        routes.Pages.MapGet(path, (Guid review, Visit visit, CancellationToken cancel) =>
            page.OpenAsync<TView>(new ReviewId(review), name, visit, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, CancellationToken cancel) =>
            page.SaveAsync<TView>(new ReviewId(review), name, visit, form, cancel));
    }
}
