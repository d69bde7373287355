// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ITreasury} from "./ITreasury.sol";

/// @title Micro-shops as ERC-721 tokens: who owns a shop, who may act for it, where its money goes.
/// @notice The shop's id is also its money account: the vault credits `address(uint160(shopId))`, so proceeds follow the shop when it is sold.
interface IShop is ITreasury {
    /// @param profile Canonical JSON (`ShopProfile` in the protocol), at most 8192 bytes.
    event ShopOpened(uint256 indexed shopId, address indexed owner, string slug, address payout, bytes profile);
    event ShopProfileChanged(uint256 indexed shopId, bytes profile);
    event ShopPayoutChanged(uint256 indexed shopId, address payout);
    /// @param tenure Counts changes of ownership; roles granted under an older tenure are void.
    event ShopStaffChanged(uint256 indexed shopId, address indexed staff, uint8 roles, uint256 tenure);

    /// @notice Thrown when `actor` neither owns the shop nor holds `role` in it.
    error Shop_Unauthorized(uint256 shopId, address actor, uint8 role);
    /// @notice Thrown when a slug is not 3–32 characters of a–z, 0–9 and inner hyphens.
    error Shop_InvalidSlug(string slug);
    /// @notice Thrown when another shop holds the slug.
    error Shop_SlugTaken(string slug);
    /// @notice Thrown when content exceeds 8192 bytes or is empty.
    error Shop_InvalidContent(uint256 length);
    /// @notice Thrown when a payout address is zero.
    error Shop_InvalidPayout();

    /// @notice Role bits: 1 catalogue, 2 orders, 4 live, 8 money. The owner holds all of them.
    function open(string calldata slug, address payout, bytes calldata profile) external returns (uint256 shopId);

    /// @notice Replaces the public profile. Owner or catalogue role.
    function setProfile(uint256 shopId, bytes calldata profile) external;

    /// @notice Changes where withdrawals of an unguarded shop go. Owner only.
    function setPayout(uint256 shopId, address payout) external;

    /// @notice Grants exactly `roles` to `staff` (0 removes), at once. Without the money role its limits are void. Owner only.
    function setStaff(uint256 shopId, address staff, uint8 roles) external;

    /// @notice Whether `actor` owns the shop or holds every bit of `role` under the present owner.
    function can(uint256 shopId, address actor, uint8 role) external view returns (bool);

    function payoutOf(uint256 shopId) external view returns (address);

    /// @return shopId 0 when the slug is free.
    function shopIdOf(string calldata slug) external view returns (uint256 shopId);
}
