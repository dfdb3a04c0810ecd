"""Which address leads where in this package?"""

from django.urls import path

from events.views import feeds, member, organise, public

app_name = "events"

urlpatterns = [
    path("", public.meetings, name="meetings"),
    path("my-calendar/", feeds.calendar_feeds, name="calendar_feeds"),
    path("my-calendar/<slug:public_id>/end/", feeds.calendar_feed_end, name="calendar_feed_end"),
    path("my-calendar/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("<slug:slug>/", public.meeting, name="meeting"),
    path("<slug:slug>/programme/", public.programme, name="programme"),
    path("<slug:slug>/programme.ics", public.programme_calendar, name="programme_calendar"),
    path("<slug:slug>/sessions/<slug:public_id>/", public.session, name="session"),
    path("<slug:slug>/speakers/<slug:public_id>/", public.speaker, name="speaker"),
    path("<slug:slug>/register/", member.register, name="register"),
    path("<slug:slug>/registration/", member.registration, name="registration"),
    path("<slug:slug>/registration/withdraw/", member.registration_withdraw, name="registration_withdraw"),
    path("<slug:slug>/organise/delegates/", organise.delegates, name="delegates"),
    path("<slug:slug>/organise/programme/", organise.programme_draft, name="programme_draft"),
    path("<slug:slug>/organise/programme/release/", organise.programme_release, name="programme_release"),
]
