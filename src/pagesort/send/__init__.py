"""Documents on their way: cut into files of their own, and sent on by class."""

from pagesort.send.deliver import deliver
from pagesort.send.manifest import Parcel, Shipment
from pagesort.send.names import PATTERN, Names
from pagesort.send.pieces import By, Piece
from pagesort.send.routes import Command, Folder, Post, Route, RouteInput, RoutesInput, parse_route, parse_routes
from pagesort.send.split import split

__all__ = [
    "PATTERN",
    "By",
    "Command",
    "Folder",
    "Names",
    "Parcel",
    "Piece",
    "Post",
    "Route",
    "RouteInput",
    "RoutesInput",
    "Shipment",
    "deliver",
    "parse_route",
    "parse_routes",
    "split",
]
