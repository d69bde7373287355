// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {IShop} from "./IShop.sol";
import {Roles} from "./Roles.sol";
import {Treasury} from "./Treasury.sol";

/// @title Shop: see {IShop}.
contract Shop is IShop, Treasury, ERC721, ERC2771Context {
    struct Account {
        address payout;
        /// Counts changes of ownership.
        uint96 tenure;
    }

    struct Staff {
        uint8 roles;
        /// Counts losses of the money role; limits set under an older count are void.
        uint32 office;
    }

    uint256 private constant MAX_CONTENT = 8192;

    /// @notice How many shops there are; ids run from 1 to this number.
    uint256 public count;

    mapping(uint256 shopId => Account) private _accounts;
    /// Keyed by tenure, so that a transfer voids every role without a loop.
    mapping(uint256 shopId => mapping(uint256 tenure => mapping(address => Staff))) private _staff;
    /// A slug has at most 32 bytes and none of them is zero, so left-aligned bytes32 is an unambiguous key.
    mapping(bytes32 slug => uint256 shopId) private _slugs;

    constructor(address orderBook_, address forwarder)
        Treasury(orderBook_)
        ERC721("Kaishi Shop", "SHOP")
        ERC2771Context(forwarder)
    {}

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
        _requireRole(shopId, Roles.OWNER);
        require(payout != address(0), Shop_InvalidPayout());
        _requireUnguarded(shopId);
        _accounts[shopId].payout = payout;
        emit ShopPayoutChanged(shopId, payout);
    }

    /// @inheritdoc IShop
    function setStaff(uint256 shopId, address staff, uint8 roles) external {
        _requireRole(shopId, Roles.OWNER);
        uint256 tenure = _accounts[shopId].tenure;
        Staff storage member = _staff[shopId][tenure][staff];
        member.roles = roles;
        if (roles & Roles.MONEY == 0) ++member.office;
        emit ShopStaffChanged(shopId, staff, roles, tenure);
    }

    /// @inheritdoc IShop
    function can(uint256 shopId, address actor, uint8 role) external view returns (bool) {
        return _can(shopId, actor, role);
    }

    /// @inheritdoc IShop
    function payoutOf(uint256 shopId) external view returns (address) {
        return _payoutOf(shopId);
    }

    /// @inheritdoc IShop
    function shopIdOf(string calldata slug) external view returns (uint256 shopId) {
        return bytes(slug).length > 32 ? 0 : _slugs[bytes32(bytes(slug))];
    }

    /// @dev A new owner starts clean: no inherited staff, and money goes to them.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from != address(0)) {
            _requireUnguarded(tokenId);
            Account storage account = _accounts[tokenId];
            account.tenure += 1;
            account.payout = to;
            emit ShopPayoutChanged(tokenId, to);
        }
    }

    /// @dev Nobody is prepared to take a guarded shop the moment it is free.
    function _approve(address to, uint256 tokenId, address auth, bool emitEvent) internal override {
        if (to != address(0)) _requireUnguarded(tokenId);
        bool own = auth == address(0) || auth == _ownerOf(tokenId);
        if (!own && _wasEverGuarded(tokenId)) revert ERC721InvalidApprover(auth);
        super._approve(to, tokenId, auth, emitEvent);
    }

    /// @dev An approval for all shops says nothing of this one: it may be older than the guard, and outlives it.
    function _isAuthorized(address owner, address spender, uint256 tokenId) internal view override returns (bool) {
        bool byApproval = spender == owner || spender == _getApproved(tokenId);
        return super._isAuthorized(owner, spender, tokenId) && (byApproval || !_wasEverGuarded(tokenId));
    }

    function _forgetApproval(uint256 shopId) internal override {
        _approve(address(0), shopId, address(0), true);
    }

    function _can(uint256 shopId, address actor, uint8 role) internal view override returns (bool) {
        address owner = _ownerOf(shopId);
        // A shop that does not exist has no owner; nobody may act for it, the zero address least of all.
        if (owner == address(0)) return false;
        if (owner == actor) return true;
        return role != Roles.OWNER && _staff[shopId][_accounts[shopId].tenure][actor].roles & role == role;
    }

    function _requireRole(uint256 shopId, uint8 role) internal view override {
        address actor = _msgSender();
        require(_can(shopId, actor, role), Shop_Unauthorized(shopId, actor, role));
    }

    function _payoutOf(uint256 shopId) internal view override returns (address) {
        return _accounts[shopId].payout;
    }

    function _officeOf(uint256 shopId, address staff) internal view override returns (bytes32 office, uint256 tenure) {
        tenure = _accounts[shopId].tenure;
        office = keccak256(abi.encode(shopId, tenure, staff, _staff[shopId][tenure][staff].office));
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
