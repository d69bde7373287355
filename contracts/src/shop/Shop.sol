// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {IShop} from "./IShop.sol";
import {Roles} from "./Roles.sol";

/// @title Shop: see {IShop}.
contract Shop is IShop, ERC721, ERC2771Context {
    struct Account {
        address payout;
        /// Counts changes of ownership.
        uint96 tenure;
    }

    uint256 private constant MAX_CONTENT = 8192;

    /// @notice How many shops there are; ids run from 1 to this number.
    uint256 public count;

    mapping(uint256 shopId => Account) private _accounts;
    /// Keyed by tenure, so that a transfer voids every role without a loop.
    mapping(uint256 shopId => mapping(uint256 tenure => mapping(address staff => uint8))) private _staff;
    /// A slug has at most 32 bytes and none of them is zero, so left-aligned bytes32 is an unambiguous key.
    mapping(bytes32 slug => uint256 shopId) private _slugs;

    constructor(address forwarder) ERC721("Kaishi Shop", "SHOP") ERC2771Context(forwarder) {}

    /// @inheritdoc IShop
    function open(string calldata slug, address payout, bytes calldata profile) external returns (uint256 shopId) {
        _requireContent(profile);
        require(_isSlug(bytes(slug)), Shop_InvalidSlug(slug));
        require(payout != address(0), Shop_InvalidPayout());
        bytes32 key = bytes32(bytes(slug));
        require(_slugs[key] == 0, Shop_SlugTaken(slug));

        shopId = ++count;
        _slugs[key] = shopId;
        _accounts[shopId].payout = payout;
        address owner = _msgSender();
        emit ShopOpened(shopId, owner, slug, payout, profile);
        // Not the safe variant: the caller mints for itself, and a callback into it would gain nothing.
        _mint(owner, shopId);
    }

    /// @inheritdoc IShop
    function setProfile(uint256 shopId, bytes calldata profile) external {
        _requireRole(shopId, Roles.CATALOGUE);
        _requireContent(profile);
        emit ShopProfileChanged(shopId, profile);
    }

    /// @inheritdoc IShop
    function setPayout(uint256 shopId, address payout) external {
        _requireOwner(shopId);
        require(payout != address(0), Shop_InvalidPayout());
        _accounts[shopId].payout = payout;
        emit ShopPayoutChanged(shopId, payout);
    }

    /// @inheritdoc IShop
    function setStaff(uint256 shopId, address staff, uint8 roles) external {
        _requireOwner(shopId);
        uint256 tenure = _accounts[shopId].tenure;
        _staff[shopId][tenure][staff] = roles;
        emit ShopStaffChanged(shopId, staff, roles, tenure);
    }

    /// @inheritdoc IShop
    function can(uint256 shopId, address actor, uint8 role) external view returns (bool) {
        return _can(shopId, actor, role);
    }

    /// @inheritdoc IShop
    function payoutOf(uint256 shopId) external view returns (address) {
        return _accounts[shopId].payout;
    }

    /// @inheritdoc IShop
    function shopIdOf(string calldata slug) external view returns (uint256 shopId) {
        return bytes(slug).length > 32 ? 0 : _slugs[bytes32(bytes(slug))];
    }

    /// @dev A new owner starts clean: no inherited staff, and money goes to them.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from != address(0)) {
            Account storage account = _accounts[tokenId];
            account.tenure += 1;
            account.payout = to;
            emit ShopPayoutChanged(tokenId, to);
        }
    }

    function _can(uint256 shopId, address actor, uint8 role) private view returns (bool) {
        address owner = _ownerOf(shopId);
        // A shop that does not exist has no owner; nobody may act for it, the zero address least of all.
        if (owner == address(0)) return false;
        if (owner == actor) return true;
        return role != 0 && _staff[shopId][_accounts[shopId].tenure][actor] & role == role;
    }

    function _requireRole(uint256 shopId, uint8 role) private view {
        address actor = _msgSender();
        require(_can(shopId, actor, role), Shop_Unauthorized(shopId, actor, role));
    }

    /// @dev Role 0 belongs to the owner alone, see {_can}.
    function _requireOwner(uint256 shopId) private view {
        _requireRole(shopId, 0);
    }

    function _requireContent(bytes calldata content) private pure {
        require(content.length != 0 && content.length <= MAX_CONTENT, Shop_InvalidContent(content.length));
    }

    function _isSlug(bytes calldata slug) private pure returns (bool) {
        uint256 length = slug.length;
        if (length < 3 || length > 32) return false;
        for (uint256 i = 0; i < length; ++i) {
            bytes1 c = slug[i];
            bool inner = i != 0 && i != length - 1;
            if (!((c >= "a" && c <= "z") || (c >= "0" && c <= "9") || (c == "-" && inner))) return false;
        }
        return true;
    }

    function _msgSender() internal view override(Context, ERC2771Context) returns (address) {
        return ERC2771Context._msgSender();
    }

    function _msgData() internal view override(Context, ERC2771Context) returns (bytes calldata) {
        return ERC2771Context._msgData();
    }

    function _contextSuffixLength() internal view override(Context, ERC2771Context) returns (uint256) {
        return ERC2771Context._contextSuffixLength();
    }
}
